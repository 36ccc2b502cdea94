import { fstatSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { WriteError } from './write-error.mjs';
import { writeAll } from './write-whole.mjs';

interface OutputWatch {
  /** Once, for a file: what comes later is dropped. */
  readonly onLost: (error: WriteError) => void;
  /** For a pipe or a terminal that is gone. */
  readonly onGone: (error: WriteError) => void;
}

/**
 * Makes standard output that is a file arrive whole, or reports that it did not: Node writes such a stream once and does
 * not look at how many bytes the disk took. Pipes and terminals, which Node writes to the end, are only watched.
 */
export function watchOutput(
  output: Writable & { readonly fd: number },
  { onLost, onGone }: OutputWatch,
): void {
  output.on('error', (error) => onGone(cutOff(error)));
  if (!fstatSync(output.fd).isFile()) return;
  let lost = false;
  output._write = (chunk: string | Uint8Array, _encoding, done) => {
    try {
      if (!lost) writeAll(output.fd, chunk);
    } catch (error) {
      lost = true;
      onLost(cutOff(error));
    }
    done();
  };
}

const cutOff = (cause: unknown): WriteError =>
  new WriteError('standard output', cause, 'What it took of it is cut off');
