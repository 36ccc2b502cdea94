import { destination, pino, type Logger } from 'pino';
import type { Config } from '../config.ts';
import { LineBuffer } from './line-buffer.ts';

export interface ProcessLogger {
  readonly logger: Logger;
  /** Appends a line that is JSON already. */
  readonly writeLine: (line: string) => void;
  /** Writes out what is buffered; call it after a line that somebody waits for, and before the process exits. */
  readonly flush: () => void;
}

const longestDelayMs = 200;
const mostBufferedBytes = 16 * 1024 * 1024;

/**
 * JSON lines on standard output, written off the event loop in blocks that are at most 0.2 s old.
 * A reader that stalls costs lines beyond 16 MiB, never memory or latency.
 */
export function createProcessLogger({ logLevel }: Pick<Config, 'logLevel'>): ProcessLogger {
  const lines = new LineBuffer({
    sink: destination({ dest: 1, sync: false, maxLength: mostBufferedBytes }),
    schedule: (flush) => setTimeout(flush, longestDelayMs).unref(),
  });
  return {
    logger: pino({ level: logLevel, base: null }, lines),
    writeLine: (line) => lines.write(line),
    flush: () => lines.flushSync(),
  };
}
