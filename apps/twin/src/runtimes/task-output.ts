import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Lines of a task’s output that are kept to explain a failed start. */
const keptLines = 5;
/** Of an explanation, which goes into events and records. */
const longestEpitaph = 500;
/** A line of a program may be anything, a dump for one. */
const longestLine = 8192;
/** A shorter value would take away parts of lines that have nothing to do with it. */
const shortestSecret = 4;

/** What a task prints: its last lines explain a failed start, and who listens gets every line. Values of secrets are taken out. */
export class TaskOutput {
  readonly #last: string[] = [];
  readonly #secrets: readonly string[];
  readonly #onLine: (line: string) => void;

  /** @param secrets values that are shown as `***` */
  constructor(secrets: readonly string[], onLine: (line: string) => void) {
    this.#secrets = secrets.filter(({ length }) => length >= shortestSecret);
    this.#onLine = onLine;
  }

  /** Takes every line of a stream. @param accept false for a line that is no output, but a message to us */
  read(stream: Readable, accept: (line: string) => boolean = () => true): void {
    createInterface(stream).on('line', (line) => {
      if (accept(line)) this.add(line);
    });
  }

  add(line: string): void {
    const shown = this.#secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line);
    this.#last.push(shown.slice(0, longestLine));
    if (this.#last.length > keptLines) this.#last.shift();
    this.#onLine(shown.slice(0, longestLine));
  }

  /** How the task ended, and what it said last. */
  epitaph(end: string): string {
    const said = this.#last.join(' | ').slice(0, longestEpitaph);
    return said === '' ? end : `${end}: ${said}`;
  }
}
