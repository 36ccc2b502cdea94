import type { Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { TaskIdentity } from '../task-identity.ts';
import { drainDeadlineMs, drainServer, SilentSockets, type TaskState } from './drain.ts';
import type { AddressInfo } from 'node:net';

export interface RunOptions {
  readonly config: Config;
  readonly identity: TaskIdentity;
  readonly taskState: TaskState;
  readonly logger: Logger;
  readonly flushLogs: () => void;
  readonly server: Server;
  readonly metricsServer: Server;
  readonly closeThreads: () => void;
  /** Called when the last request has been answered. */
  readonly closeStores: () => Promise<void>;
  /** Called last; undefined where nothing is traced. */
  readonly closeTracing: (() => Promise<void>) | undefined;
}

/** Binds both ports, says so in one log line, and drains and exits when told to stop. A port that is taken: exit code 2. */
export async function run(options: RunOptions): Promise<void> {
  const { config, identity, logger, flushLogs, server, metricsServer } = options;
  const silentSockets = new SilentSockets(server);
  process.on('exit', flushLogs);

  let ports: { readonly port: number; readonly metricsPort: number };
  try {
    ports = {
      port: await listen(server, config.host, config.port),
      metricsPort: await listen(metricsServer, config.metricsHost, config.metricsPort),
    };
  } catch (error) {
    return refuseToStart(
      `cannot listen: ${String(error)}; set another PORT or METRICS_PORT, or 0 for a free one`,
    );
  }
  onStopSignal(config, (reason) => void stop(reason));
  const { version } = identity;
  logger.info({ ...ports, host: config.host, version }, 'listening');
  flushLogs();

  async function stop(reason: StopReason): Promise<void> {
    options.taskState.startDraining();
    logger.info({ reason }, 'draining');
    // Requests that have arrived already, and are read in this turn of the loop, are not idle sockets to close.
    await setImmediate();
    const outcome = await drainServer(server, {
      silentSockets,
      deadlineMs: drainDeadlineMs(config.stopTimeoutSeconds),
    });
    options.closeThreads();
    await options.closeStores();
    await options.closeTracing?.().catch((error: unknown) => {
      logger.warn({ err: error }, 'the last traces could not be exported');
    });
    if (outcome === 'cut') logger.error('stopped with requests in flight: the drain reached its deadline');
    else logger.info('stopped');
    process.exit(0);
  }
}

/** Binds and returns the port, which is the given one unless that is 0. Rejects with Node’s error, such as EADDRINUSE. */
const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** Exit codes by the shell’s convention: 128 and the signal’s number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

type StopReason = keyof typeof exitCodes | 'stdin-end';

/**
 * Calls `stop` on the first SIGTERM or SIGINT, or when standard input ends if asked to; a second signal exits at once,
 * if the operator does not want to wait.
 */
function onStopSignal(
  { stopOnStdinEnd }: { readonly stopOnStdinEnd: boolean },
  stop: (reason: StopReason) => void,
): void {
  let stopping = false;
  const request = (reason: StopReason): void => {
    if (stopping) {
      if (reason !== 'stdin-end') process.exit(exitCodes[reason]);
      return;
    }
    stopping = true;
    stop(reason);
  };
  process.on('SIGTERM', () => request('SIGTERM'));
  process.on('SIGINT', () => request('SIGINT'));
  if (!stopOnStdinEnd) return;
  process.stdin.on('end', () => request('stdin-end'));
  process.stdin.on('error', () => request('stdin-end'));
  process.stdin.resume();
}

/** Ends the process because of how it was set up: says what is wrong on standard error; exit code 2. */
export function refuseToStart(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
