import type * as z from 'zod';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';
import { bindingsOf, requestHeader, type ApiContext } from './route.ts';
import { invalidRequest } from './validate.ts';

/** The value that the schema let through, or the problem to answer. */
export type Read<T> = { readonly value: T } | { readonly reply: Reply };

/** Refuses by the declared length, before anything is read; the socket closes, since the body is still on its way. */
export function refuseLargeBody(context: ApiContext, maxBodyBytes: number): Reply | undefined {
  const length = Number(requestHeader(context, 'content-length') ?? 0);
  return length > maxBodyBytes ? tooLarge(maxBodyBytes, `${length} bytes`) : undefined;
}

/** Reads and validates a JSON body; 413 as soon as the limit is passed, whatever length was declared. */
export async function readJsonBody<T>(
  context: ApiContext,
  schema: z.ZodType<T>,
  maxBodyBytes: number,
): Promise<Read<T>> {
  const contentType = requestHeader(context, 'content-type') ?? 'none';
  if (!/^application\/(json|[\w.+-]+\+json)\s*(;|$)/i.test(contentType)) {
    return {
      reply: problem('unsupported-media-type', `Got content-type ${contentType}; send application/json.`, {
        headers: { accept: 'application/json' },
      }),
    };
  }
  const coded = refuseCodedBody(context);
  if (coded !== undefined) return { reply: coded };
  const read = await readText(context, maxBodyBytes);
  if ('reply' in read) return read;
  let parsed: unknown;
  try {
    parsed = JSON.parse(read.value);
  } catch {
    return { reply: problem('invalid-request', 'The body is not valid JSON.') };
  }
  const checked = schema.safeParse(parsed);
  return checked.success ? { value: checked.data } : { reply: invalidRequest(checked.error, parsed) };
}

export const formMediaType = 'application/x-www-form-urlencoded';

/** Reads and validates the body of a form: each field once, as text. */
export async function readFormBody<T>(
  context: ApiContext,
  schema: z.ZodType<T>,
  maxBodyBytes: number,
): Promise<Read<T>> {
  const contentType = requestHeader(context, 'content-type') ?? 'none';
  if (contentType.split(';', 1)[0]?.trim().toLowerCase() !== formMediaType) {
    const detail = `Got content-type ${contentType}; send ${formMediaType}.`;
    return { reply: problem('unsupported-media-type', detail, { headers: { accept: formMediaType } }) };
  }
  const coded = refuseCodedBody(context);
  if (coded !== undefined) return { reply: coded };
  const read = await readText(context, maxBodyBytes);
  if ('reply' in read) return read;
  const fields = [...new URLSearchParams(read.value)];
  const names = new Set(fields.map(([name]) => name));
  if (names.size < fields.length) {
    return { reply: problem('invalid-request', 'The form has a field more than once; send each once.') };
  }
  const form = Object.fromEntries(fields);
  const checked = schema.safeParse(form);
  return checked.success ? { value: checked.data } : { reply: invalidRequest(checked.error, form) };
}

/**
 * The body as it comes. Asks for it where the client waits for that (RFC 9110 10.1.1), so that what is refused by its head
 * is not sent.
 */
export function requestBody(context: ApiContext): AsyncIterable<Uint8Array> {
  const { incoming, outgoing } = bindingsOf(context) ?? {};
  if (incoming?.httpVersionMinor === 1 && /100-continue/i.test(incoming.headers.expect ?? '')) {
    outgoing?.writeContinue();
  }
  return context.req.raw.body ?? noBytes();
}

async function* noBytes(): AsyncGenerator<Uint8Array> {
  // A request without a body.
}

/** Refuses a body in a content coding: none is decoded here (RFC 9110 8.4 and 15.5.16). */
export function refuseCodedBody(context: ApiContext): Reply | undefined {
  const coding = requestHeader(context, 'content-encoding') ?? '';
  if (coding === '' || coding.toLowerCase() === 'identity') return undefined;
  return problem('unsupported-media-type', `Got content-encoding ${coding.slice(0, 100)}; send none.`, {
    headers: { 'accept-encoding': 'identity' },
  });
}

async function readText(context: ApiContext, maxBodyBytes: number): Promise<Read<string>> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  try {
    for await (const chunk of requestBody(context)) {
      byteCount += chunk.byteLength;
      if (byteCount > maxBodyBytes) return { reply: tooLarge(maxBodyBytes, 'more') };
      chunks.push(chunk);
    }
  } catch {
    // The client has gone, so the answer reaches no one; it counts as the client’s fault, not as ours.
    return { reply: problem('invalid-request', 'The body ended before it was complete.') };
  }
  try {
    // A byte order mark is left out, as RFC 8259 8.1 allows.
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) };
  } catch {
    return { reply: problem('invalid-request', 'The body is not UTF-8.') };
  }
}

const tooLarge = (maxBodyBytes: number, got: string): Reply =>
  problem('body-too-large', `Got ${got}; the limit is ${maxBodyBytes} bytes.`);
