import type { ProblemReply } from './problem.ts';

/** What a handler answers, as a value: one place turns it into a response, with the headers that every response has. */
export type Reply = ContentReply | ProblemReply;

export interface ContentReply {
  readonly status: number;
  readonly contentType: string;
  /** A stream is sent as it comes; null is an answer without content. */
  readonly body: string | ReadableStream<Uint8Array> | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that has nothing to say beyond its headers. */
export const empty = (
  status: 204 | 302 | 303,
  headers: Readonly<Record<string, string>> = {},
): ContentReply => ({
  status,
  contentType: 'text/plain',
  body: null,
  headers,
});

/** A JSON answer, 200 unless said otherwise. */
export const json = (value: unknown, status = 200): ContentReply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
});

/** What every response carries: nothing is framed, sniffed, cached or referred, and JSON loads nothing. */
export const constantHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

export const responseHeaders = (contentType: string, requestId: string): Record<string, string> => ({
  'content-type': contentType,
  'x-request-id': requestId,
  ...constantHeaders,
});
