import type { Config } from './config.ts';
import { CpuPool, type StartSpender } from './cpu/cpu-pool.ts';
import type { Route } from './http/route.ts';
import type { TaskState } from './process/task-state.ts';
import { docsRoutes } from './routes/docs.ts';
import { healthRoute, readyRoute } from './routes/health.ts';
import { hostRoute } from './routes/host.ts';
import { rootRoute } from './routes/root.ts';
import { stressRoutes } from './routes/stress-cpu.ts';
import { Stress, type StartBurners } from './stress/stress.ts';
import type { TaskIdentity } from './task-identity.ts';

export interface RoutesOptions {
  readonly config: Config;
  readonly identity: TaskIdentity;
  readonly taskState: TaskState;
  readonly startSpender: StartSpender;
  readonly startBurners: StartBurners;
  readonly now: () => Date;
}

/** The routes that the configuration asks for, and how to stop the threads behind them. */
export function buildRoutes(options: RoutesOptions): {
  readonly routes: readonly Route[];
  readonly close: () => void;
} {
  const { config, identity, taskState, startSpender, startBurners, now } = options;
  const { basePath, cpuMsPerRequest, stressToken, taskVcpus } = config;
  const pool =
    cpuMsPerRequest === 0
      ? undefined
      : new CpuPool({
          threads: Math.ceil(taskVcpus),
          cpuMs: cpuMsPerRequest,
          startSpender,
        });
  const stress = new Stress({
    taskVcpus,
    startBurners,
    now,
  });
  const described = [
    rootRoute(identity, pool),
    healthRoute(),
    readyRoute(taskState),
    hostRoute(identity, now),
    ...(stressToken === undefined ? [] : stressRoutes({ stress, token: stressToken, basePath, now })),
  ];
  return {
    routes: [...described, ...docsRoutes(described, { basePath, version: identity.version })],
    close: () => {
      stress.cancel();
      pool?.close();
    },
  };
}
