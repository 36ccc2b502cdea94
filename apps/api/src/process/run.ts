import type { Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { TaskIdentity } from '../task-identity.ts';
import { drainDeadlineMs, drainServer, SilentSockets } from './drain.ts';
import { listen } from './listen.ts';
import { refuseToStart } from './refuse-to-start.ts';
import { onStopSignal, type StopReason } from './stop-signal.ts';
import type { TaskState } from './task-state.ts';

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
    if (outcome === 'cut') logger.error('stopped with requests in flight: the drain reached its deadline');
    else logger.info('stopped');
    process.exit(0);
  }
}
