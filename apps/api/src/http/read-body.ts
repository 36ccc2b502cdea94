import type * as z from 'zod';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';
import { requestHeader, type ApiContext } from './route.ts';
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

async function readText(context: ApiContext, maxBodyBytes: number): Promise<Read<string>> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  const body: AsyncIterable<Uint8Array> | null = context.req.raw.body;
  try {
    for await (const chunk of body ?? []) {
      byteCount += chunk.byteLength;
      if (byteCount > maxBodyBytes) return { reply: tooLarge(maxBodyBytes, 'more') };
      chunks.push(chunk);
    }
  } catch {
    // The client has gone, so the answer reaches no one; it counts as the client’s fault, not as ours.
    return { reply: problem('invalid-request', 'The body ended before it was complete.') };
  }
  return { value: Buffer.concat(chunks).toString('utf8') };
}

const tooLarge = (maxBodyBytes: number, got: string): Reply =>
  problem('body-too-large', `Got ${got}; the limit is ${maxBodyBytes} bytes.`);
