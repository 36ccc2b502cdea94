import * as z from 'zod';

/** Every problem that the API reports: its code is the stable part of `type`. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'A valid bearer token is required' },
  'invalid-session': { status: 401, title: 'The session cookie is not one of ours' },
  'cross-site': { status: 403, title: 'The request comes from another site' },
  'not-found': { status: 404, title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, title: 'The path does not support this method' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'The current state does not allow this' },
  'limit-reached': { status: 409, title: 'The session holds as many as it may' },
  'sold-out': { status: 409, title: 'There are too few units left' },
  'sale-ended': { status: 409, title: 'The sale is over' },
  'body-too-large': { status: 413, title: 'The request body is too large' },
  'target-too-long': { status: 414, title: 'The request target is too long' },
  'unsupported-media-type': { status: 415, title: 'The media type of the body is not supported' },
  'expectation-failed': { status: 417, title: 'The expectation of the request cannot be met' },
  'headers-too-large': { status: 431, title: 'The request head is too large' },
  internal: { status: 500, title: 'The server failed' },
  'not-implemented': { status: 501, title: 'The server does not implement this' },
  overloaded: { status: 503, title: 'The task has more work than it can take' },
  'session-store-unavailable': { status: 503, title: 'Sessions cannot be reached at the moment' },
  'file-store-unavailable': { status: 503, title: 'Files cannot be reached at the moment' },
  draining: { status: 503, title: 'The task is stopping' },
  'version-not-supported': { status: 505, title: 'The version of HTTP is not supported' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof problems;

/** Problem details (RFC 9457); `errors` and `code` are extension members. */
export const problemSchema = z.object({
  type: z.string().describe('Reference to the problem’s entry on the docs page.'),
  title: z.string().describe('What kind of problem it is.'),
  status: z.int().describe('HTTP status.'),
  code: z.string().describe('Stable code of the problem.'),
  detail: z.string().describe('What happened this time, and what would be accepted.'),
  instance: z.string().describe('`urn:request:` and the request id, as in the logs.'),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .describe('Each value that is not valid.'),
});

export type ProblemBody = Omit<z.output<typeof problemSchema>, 'type' | 'instance' | 'code'> & {
  readonly code: ProblemCode;
};

export interface ProblemReply {
  readonly problem: ProblemBody;
  readonly headers?: Readonly<Record<string, string>>;
}

interface ProblemOptions {
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that says what is wrong. */
export function problem(
  code: ProblemCode,
  detail: string,
  { errors, headers }: ProblemOptions = {},
): ProblemReply {
  return {
    problem: {
      ...problems[code],
      code,
      detail,
      ...(errors === undefined ? {} : { errors: [...errors] }),
    },
    ...(headers === undefined ? {} : { headers }),
  };
}

/** The body as sent. @param docsUrl path of the docs page, whose anchors describe the problems. */
export const problemText = (body: ProblemBody, requestId: string, docsUrl: string): string =>
  JSON.stringify({
    type: `${docsUrl}#problem-${body.code}`,
    ...body,
    instance: `urn:request:${requestId}`,
  } satisfies z.input<typeof problemSchema>);
