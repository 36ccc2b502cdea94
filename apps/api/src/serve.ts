import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { startThreadSpender } from './cpu/cpu-job.ts';
import { requestIds } from './http/request-id.ts';
import { createApiServer } from './http/server.ts';
import { createProcessLogger } from './observability/logger.ts';
import { createMetricsServer } from './observability/metrics-server.ts';
import { RequestMetrics } from './observability/request-metrics.ts';
import { refuseToStart, run } from './process/run.ts';
import { TaskState } from './process/drain.ts';
import { openProtection } from './protection/open-protection.ts';
import { buildRoutes } from './routes.ts';
import { openStores } from './open-stores.ts';
import { threadBurners } from './stress/stress.ts';
import { openTracing } from './tracing/open-tracing.ts';
import { identifyTask } from './task-identity.ts';

/** The composition root of the main thread: parse, build, start. */
export async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  const result = readConfig(env);
  if (!result.ok) return refuseToStart(result.problems.join('\n'));
  const { config } = result;
  const processLogger = createProcessLogger(config);
  const identity = await identifyTask(config, (reason) =>
    processLogger.logger.warn({ err: reason }, 'task metadata unavailable'),
  );
  const { logger, accessLog } = processLogger.forTask(identity.taskId);
  const taskState = new TaskState();
  const metrics = new RequestMetrics();
  const nextRequestId = requestIds();
  const tracing = await openTracing(config, { identity, logger });
  const stores = await openStores(config, { logger, tracing }).catch((error: unknown) =>
    refuseToStart(`cannot open a store: ${String(error)}`),
  );
  const { routes, begin, close } = buildRoutes({
    ...stores,
    config,
    identity,
    taskState,
    startSpender: startThreadSpender,
    startBurners: threadBurners((error) => logger.error({ err: error }, 'stress thread failed')),
    now: () => new Date(),
    protection: openProtection(config, logger),
  });
  // Whoever finds it not begun begins it: a store that is away now does not keep the task from starting.
  void begin().catch((error: unknown) => logger.warn({ err: error }, 'the sale could not begin yet'));
  const app = createApp({
    ...config,
    routes,
    logger,
    accessLog,
    metrics,
    tracing,
    taskState,
    nextRequestId,
    now: () => performance.now(),
  });
  await run({
    config,
    identity,
    taskState,
    logger,
    flushLogs: processLogger.flush,
    server: createApiServer(app, { config, logger, nextRequestId }),
    metricsServer: createMetricsServer([metrics, ...stores.metrics]),
    closeThreads: close,
    closeStores: stores.close,
    closeTracing: tracing && (() => tracing.close()),
  });
}
