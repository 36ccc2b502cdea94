import { createReadStream } from 'node:fs';
import { messageOf } from '@tideline/process';
import { parseDocument } from 'yaml';
import { importError } from '../import-error.ts';
import { SourceNode } from './source-node.ts';

/** Largest source: a describe-services answer with its hundred events has about 60 KB. */
const mostBytes = 1024 * 1024;
const mostValues = 20_000;
const mostDepth = 50;
const mostAliases = 100;

/** Reads a source of YAML or JSON. @throws UsageError TL-IMPORT-FILE */
export async function readSource(file: string): Promise<SourceNode> {
  const text = await readBounded(file);
  const value = parse(file, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw importError(
      'TL-IMPORT-FILE',
      `${file} holds ${Array.isArray(value) ? 'a list' : 'no fields'}; it must hold a map of fields. Check that it is the right file`,
    );
  checkSize(file, value);
  return SourceNode.of(value);
}

async function readBounded(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw importError('TL-IMPORT-FILE', `${file} cannot be read: ${messageOf(cause)}. Check the path`, cause);
  }
  if (bytes > mostBytes)
    throw importError(
      'TL-IMPORT-FILE',
      `${file} has more than ${mostBytes} bytes; allowed: up to 1 MiB. Import a file with fewer services in it`,
    );
  return Buffer.concat(chunks).toString('utf8');
}

/** YAML takes JSON as well. Merge keys (`<<`) are those of Compose files and of Copilot’s reader. */
function parse(file: string, text: string): unknown {
  try {
    const document = parseDocument(text, { merge: true, prettyErrors: true, logLevel: 'error' });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (cause) {
    throw importError(
      'TL-IMPORT-FILE',
      `${file} is neither YAML nor JSON: ${messageOf(cause).trimEnd()}. Correct the file`,
      cause,
    );
  }
}

/** Aliases let a small file hold a large value, and one that contains itself. */
function checkSize(file: string, value: unknown): void {
  let left = mostValues;
  const walk = (node: unknown, depth: number): void => {
    left -= 1;
    if (left < 0 || depth > mostDepth)
      throw importError(
        'TL-IMPORT-FILE',
        `${file} holds too much; allowed: ${mostValues} values, ${mostDepth} levels deep. Remove what is not of the service`,
      );
    if (typeof node === 'object' && node !== null)
      for (const child of Object.values(node)) walk(child, depth + 1);
  };
  walk(value, 0);
}
