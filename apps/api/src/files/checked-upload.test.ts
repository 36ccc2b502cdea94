import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CheckedUpload, UploadRefused } from './checked-upload.ts';
import type { FileType } from './file-type.ts';

const heads: Partial<Record<FileType, string>> = {
  'image/png': '\x89PNG\r\n\x1a\n....',
  'image/jpeg': '\xff\xd8\xff\xe0........',
  'image/gif': 'GIF89a......',
  'image/webp': 'RIFF....WEBP',
  'application/pdf': '%PDF-1.7\n...',
};

async function* split(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.byteLength; turn += 1) {
    await Promise.resolve();
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** What comes out, or the code of the problem. */
async function pass(
  content: string | Buffer,
  declaredType: FileType,
  { sizes = [5], maxBytes = 1000 }: { sizes?: readonly number[]; maxBytes?: number } = {},
): Promise<Buffer | string> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  const upload = new CheckedUpload(split(bytes, sizes), { maxBytes, declaredType });
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of upload) chunks.push(chunk);
  } catch (error) {
    if (!(error instanceof UploadRefused) || !('problem' in error.reply)) throw error;
    return error.reply.problem.code;
  }
  expect(upload.byteCount).toBe(bytes.byteLength);
  return Buffer.concat(chunks);
}

describe('CheckedUpload', () => {
  test.each(Object.entries(heads))('lets %s through by its first bytes', async (type, head) => {
    const bytes = Buffer.from(`${head}and more`, 'latin1');
    expect(await pass(bytes, type as FileType)).toEqual(bytes);
  });

  test('refuses what is something else than it is said to be', async () => {
    for (const [type, head] of Object.entries(heads)) {
      for (const declared of [...Object.keys(heads), 'text/plain'] as FileType[]) {
        if (declared !== type) expect(await pass(`${head}...`, declared)).toBe('unsupported-media-type');
      }
    }
    expect(await pass('<html><script>', 'image/png')).toBe('unsupported-media-type');
    expect(await pass('\x89PNG', 'image/png')).toBe('unsupported-media-type');
  });

  test('takes for text what is UTF-8 to its end, wherever it is split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^(%PDF-|GIF8)|\0/.test(text)),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (text, sizes) => {
          const bytes = Buffer.from(text);
          expect(await pass(bytes, 'text/csv', { sizes, maxBytes: 10_000 })).toEqual(bytes);
        },
      ),
    );
    expect(await pass('a long enough text that ends \xff', 'text/plain')).toBe('unsupported-media-type');
    expect(await pass('a long enough text, cut off \xc3', 'text/plain')).toBe('unsupported-media-type');
    expect(await pass('a long enough text with \0 in it', 'text/plain')).toBe('unsupported-media-type');
  });

  test('stops at the first byte too many', async () => {
    expect(await pass('x'.repeat(20), 'text/plain', { maxBytes: 20 })).toHaveLength(20);
    expect(await pass('x'.repeat(21), 'text/plain', { maxBytes: 20 })).toBe('body-too-large');
  });

  test('refuses a body that is empty, or that broke off', async () => {
    expect(await pass('', 'text/plain')).toBe('invalid-request');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('the first half');
      await Promise.reject(new Error('aborted'));
    }
    const upload = new CheckedUpload(broken(), { maxBytes: 100, declaredType: 'text/plain' });
    const reading = (async () => {
      for await (const chunk of upload) expect(chunk.byteLength).toBe(14);
    })();
    await expect(reading).rejects.toThrow('The body ended before it was complete.');
  });
});
