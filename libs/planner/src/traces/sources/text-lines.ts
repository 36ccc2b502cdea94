import { type ReadStream, createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { types } from 'node:util';
import { createGunzip } from 'node:zlib';
import { UsageError, messageOf } from '@tideline/process';
import { traceError } from '../trace-codes.ts';

/** Bytes that one line may have: more is no file of lines. */
const longestLine = 1_048_576;
const byteOrderMark = '\ufeff';
/** What is read at a time: few turns of the event loop for a large file, and little memory. */
const chunkBytes = 262_144;

/** The text of a file in pieces, decompressed where it is gzip, without a byte order mark. @throws UsageError TL-TRACE-SOURCE, TL-TRACE-GZIP */
export async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let isFirst = true;
  for await (const bytes of bytesOf(path)) {
    const text = decoder.write(bytes);
    yield isFirst && text.startsWith(byteOrderMark) ? text.slice(1) : text;
    isFirst = false;
  }
  yield decoder.end();
}

/**
 * The lines of a file, without their ends: a line feed, a carriage return, or both; the last line may lack its end. Holds one
 * piece of the file at a time.
 */
export async function* batchesOfLines(path: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const text of textOf(path)) {
    const lines = splitLines(rest + text);
    rest = lines.pop() ?? '';
    if (rest.length > longestLine)
      throw traceError(
        'TL-TRACE-ROW',
        `${path}: a line is longer than ${longestLine} characters; allowed are text files of lines`,
      );
    yield lines;
  }
  if (rest !== '') yield [rest.endsWith('\r') ? rest.slice(0, -1) : rest];
}

/** @returns the whole lines, and what has no end yet: a return at the very end may be the first half of one */
function splitLines(text: string): string[] {
  if (!text.includes('\r')) return text.split('\n');
  return text.split(/\r\n|\n|\r(?!$)/);
}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  let file: ReadStream | undefined;
  try {
    const isGzip = await startsAsGzip(path);
    file = createReadStream(path, { highWaterMark: chunkBytes });
    yield* isGzip ? gunzipped(file) : (file as AsyncIterable<Buffer>);
  } catch (error) {
    throw readProblem(path, error);
  } finally {
    file?.destroy();
  }
}

function gunzipped(file: ReadStream): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

async function startsAsGzip(path: string): Promise<boolean> {
  for await (const bytes of createReadStream(path, { end: 1 }) as AsyncIterable<Buffer>)
    return bytes[0] === 0x1f && bytes[1] === 0x8b;
  return false;
}

function readProblem(path: string, error: unknown): unknown {
  if (error instanceof UsageError || !types.isNativeError(error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('Z_'))
    return traceError(
      'TL-TRACE-GZIP',
      `${path}: the gzip file is cut off or damaged (${error.message}); nothing of it is used: get the file again, or leave it out`,
      { cause: error },
    );
  return traceError(
    'TL-TRACE-SOURCE',
    `${path}: cannot be read (${messageOf(error)}); give the path of a readable file`,
    { cause: error },
  );
}
