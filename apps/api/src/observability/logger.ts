import { destination, pino, type Logger } from 'pino';
import type { Config } from '../config.ts';

export interface ProcessLogger {
  readonly logger: Logger;
  /** Writes out what is buffered; call it after a line that somebody waits for, and before the process exits. */
  readonly flush: () => void;
}

/**
 * JSON lines on standard output. Lines are collected and written together off the event loop; at most half a second old.
 * A reader that stalls costs lines beyond 16 MiB, never memory or latency.
 */
export function createProcessLogger({ logLevel }: Pick<Config, 'logLevel'>): ProcessLogger {
  const stream = destination({
    dest: 1,
    sync: false,
    minLength: 8192,
    maxLength: 16 * 1024 * 1024,
    periodicFlush: 500,
  });
  const logger = pino({ level: logLevel, base: null }, stream);
  return { logger, flush: () => stream.flushSync() };
}
