import { problem, type ProblemCode } from '../http/problem.ts';
import type { Reply } from '../http/reply.ts';
import { headByteCount, isText, signatureOf, type FileType } from './file-type.ts';

export interface UploadLimits {
  readonly maxBytes: number;
  /** What the sender says it is. */
  readonly declaredType: FileType;
}

/** Why an upload stopped: thrown into the store that reads it, and answered to the sender. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  readonly reply: Reply;

  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.reply = problem(code, detail);
  }
}

/**
 * The bytes of an upload as they arrive, until one is too many or they are not what they are said to be. Of images and
 * documents the first bytes are checked; text has to be text to its end.
 *
 * @throws UploadRefused from the iteration
 */
export class CheckedUpload implements AsyncIterable<Uint8Array> {
  byteCount = 0;
  readonly #body: AsyncIterable<Uint8Array>;
  readonly #limits: UploadLimits;

  constructor(body: AsyncIterable<Uint8Array>, limits: UploadLimits) {
    this.#body = body;
    this.#limits = limits;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const { declaredType } = this.#limits;
    const checkText = isText(declaredType) ? textCheck(declaredType) : undefined;
    let head: Uint8Array | undefined = new Uint8Array();
    for await (const chunk of this.#counted()) {
      checkText?.(chunk);
      if (head === undefined) {
        yield chunk;
        continue;
      }
      head = Buffer.concat([head, chunk]);
      if (head.byteLength < headByteCount) continue;
      checkSignature(head, declaredType);
      yield head;
      head = undefined;
    }
    checkText?.(undefined);
    if (head === undefined) return;
    if (head.byteLength === 0)
      throw new UploadRefused('invalid-request', 'The body is empty; send the file as the body.');
    checkSignature(head, declaredType);
    yield head;
  }

  async *#counted(): AsyncGenerator<Uint8Array> {
    const { maxBytes } = this.#limits;
    try {
      for await (const chunk of this.#body) {
        this.byteCount += chunk.byteLength;
        if (this.byteCount > maxBytes) {
          throw new UploadRefused('body-too-large', `Got more; the limit is ${maxBytes} bytes.`);
        }
        yield chunk;
      }
    } catch (error) {
      if (error instanceof UploadRefused) throw error;
      throw new UploadRefused('invalid-request', 'The body ended before it was complete.');
    }
  }
}

function checkSignature(head: Uint8Array, declaredType: FileType): void {
  const found = signatureOf(head);
  if (found === (isText(declaredType) ? undefined : declaredType)) return;
  throw new UploadRefused(
    'unsupported-media-type',
    `The content is ${found ?? 'something else'}, not ${declaredType}; send the type that it is.`,
  );
}

/** Takes chunk after chunk, then undefined. Text is UTF-8 without a NUL. */
function textCheck(declaredType: FileType): (chunk: Uint8Array | undefined) => void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (chunk) => {
    try {
      const text = decoder.decode(chunk, { stream: chunk !== undefined });
      if (!text.includes('\0')) return;
    } catch {
      // Said below, in the sender’s words.
    }
    throw new UploadRefused(
      'unsupported-media-type',
      `The content is not ${declaredType}: it is no UTF-8 text.`,
    );
  };
}
