import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from './config.ts';
import { CpuPool, type StartSpender } from './cpu/cpu-pool.ts';
import { withFaults } from './faults/with-faults.ts';
import type { FileStore } from './files/file-store.ts';
import type { Route } from './http/route.ts';
import type { TaskState } from './process/drain.ts';
import type { ScaleInProtection } from './protection/scale-in-protection.ts';
import { cartRoutes } from './routes/cart.ts';
import { fileRoutes } from './routes/files.ts';
import { docsRoutes } from './routes/docs.ts';
import { healthRoute, readyRoute } from './routes/health.ts';
import { hostRoute } from './routes/host.ts';
import { rootRoute } from './routes/root.ts';
import { sessionRoutes } from './routes/session.ts';
import { storefrontRoutes } from './routes/storefront.ts';
import { stressRoutes } from './routes/stress-cpu.ts';
import { taskRoutes } from './routes/tasks.ts';
import { SessionCookie } from './session/session-cookie.ts';
import { Sessions } from './session/sessions.ts';
import type { DocumentStore } from './documents/document-store.ts';
import { linksBelow } from './storefront/links.ts';
import { Sale } from './storefront/sale.ts';
import { Stress, type StartBurners } from './stress/stress.ts';
import type { TaskIdentity } from './task-identity.ts';

export interface RoutesOptions {
  readonly config: Config;
  readonly identity: TaskIdentity;
  readonly taskState: TaskState;
  readonly startSpender: StartSpender;
  readonly startBurners: StartBurners;
  readonly now: () => Date;
  /** Undefined where the configuration wants no sessions. */
  readonly documents: DocumentStore | undefined;
  /** Undefined where the configuration wants no files. */
  readonly files: FileStore | undefined;
  readonly protection: ScaleInProtection;
}

/** The routes that the configuration asks for, and how to stop the threads behind them. */
export function buildRoutes(options: RoutesOptions): {
  readonly routes: readonly Route[];
  /** Begins what begins with the service’s first task: a sale. Whoever comes later finds it under way. */
  readonly begin: () => Promise<void>;
  readonly close: () => void;
} {
  const { config, identity, taskState, startSpender, startBurners, now, protection } = options;
  const { basePath, cpuMsPerRequest, stressToken, taskVcpus } = config;
  const pool =
    cpuMsPerRequest === 0
      ? undefined
      : new CpuPool({
          threads: Math.ceil(taskVcpus),
          cpuMs: cpuMsPerRequest,
          startSpender,
        });
  const stress = new Stress({ taskVcpus, startBurners, now, protection });
  const { rooted, routes, begin } = routesOfSessions(options, pool);
  const described = [
    ...(rooted ? [] : [rootRoute(identity, pool)]),
    healthRoute(),
    readyRoute(taskState),
    hostRoute(identity, now),
    ...routes,
    ...(stressToken === undefined ? [] : stressRoutes({ stress, token: stressToken, basePath, now })),
  ];
  return {
    routes: withFaults([...described, ...docsRoutes(described, { basePath, version: identity.version })], {
      faults: config.faults,
      delay,
    }),
    begin,
    close: () => {
      stress.cancel();
      pool?.close();
    },
  };
}

interface SessionRoutes {
  readonly routes: readonly Route[];
  /** Whether one of them is `/`. */
  readonly rooted: boolean;
  readonly begin: () => Promise<void>;
}

function routesOfSessions(options: RoutesOptions, cpu: CpuPool | undefined): SessionRoutes {
  const { config, identity, documents: store, files, now } = options;
  const { basePath, sessions: settings, files: limits, storefront } = config;
  const begin = (): Promise<void> => Promise.resolve();
  if (settings === undefined || store === undefined) return { routes: [], rooted: false, begin };
  const { idleSeconds, keys } = settings;
  const cookie = new SessionCookie({ keys, basePath, idleSeconds });
  const sessions = new Sessions({ store, idleSeconds, newId: () => cookie.newId(), now });
  const shared = { cookie, sessions, basePath, newId, now };
  const routes = [
    ...sessionRoutes({ ...shared, identity, files }),
    ...taskRoutes(shared),
    ...(files === undefined || limits === undefined ? [] : fileRoutes({ ...shared, files, limits })),
  ];
  if (storefront === undefined) return { routes: routes.map(usingStores), rooted: false, begin };
  const sale = new Sale({ config: storefront, documents: store, sessions, now });
  const selling = { ...shared, sale, links: linksBelow(basePath), cpu };
  return {
    routes: [...storefrontRoutes(selling), ...cartRoutes(selling), ...routes].map(usingStores),
    rooted: true,
    begin: () => sale.stock().then(() => undefined),
  };
}

const usingStores = (route: Route): Route => ({ ...route, usesStores: true });

/** 96 random bits, of a task or a file: unique everywhere, and not to be guessed. */
const newId = (): string => randomBytes(12).toString('base64url');
