import { destination, pino, type Logger } from 'pino';
import type { Config } from '../config.ts';
import { createAccessLog, type AccessLog } from './access-log.ts';
import { LineBuffer } from './line-buffer.ts';

export interface ProcessLogger {
  readonly logger: Logger;
  /** The loggers of an identified task; no access log where the configuration wants none. */
  readonly forTask: (taskId: string) => {
    readonly logger: Logger;
    readonly accessLog: AccessLog | undefined;
  };
  /** Writes out what is buffered; call it after a line that somebody waits for, and before the process exits. */
  readonly flush: () => void;
}

const longestDelayMs = 200;
const mostBufferedBytes = 16 * 1024 * 1024;

/**
 * JSON lines on standard output, written off the event loop in blocks that are at most 0.2 s old.
 * A reader that stalls costs lines beyond 16 MiB, never memory or latency.
 */
export function createProcessLogger(config: Pick<Config, 'logLevel' | 'accessLog'>): ProcessLogger {
  const output = destination({ dest: 1, sync: false, maxLength: mostBufferedBytes, contentMode: 'buffer' });
  const lines = new LineBuffer({
    sink: {
      // Its types know of text only, whatever its content mode.
      write: (block) => output.write(block as Buffer & string),
      flushSync: () => output.flushSync(),
    },
    schedule: (flush) => setTimeout(flush, longestDelayMs).unref(),
  });
  const logger = pino({ level: config.logLevel, base: null }, lines);
  const accessLog = (taskId: string) =>
    createAccessLog({ taskId, write: (line) => lines.write(line), now: () => Date.now() });
  return {
    logger,
    forTask: (taskId) => ({
      logger: logger.child({ taskId }),
      accessLog: config.accessLog && logger.isLevelEnabled('info') ? accessLog(taskId) : undefined,
    }),
    flush: () => lines.flushSync(),
  };
}
