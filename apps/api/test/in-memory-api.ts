import type { Hono } from 'hono';
import { pino } from 'pino';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { ApiEnv, Route } from '../src/http/route.ts';
import type { Access } from '../src/observability/access-log.ts';
import { RequestMetrics } from '../src/observability/request-metrics.ts';
import { TaskState } from '../src/process/drain.ts';
import { noScaleInProtection } from '../src/protection/scale-in-protection.ts';
import { buildRoutes } from '../src/routes.ts';
import type { StartBurners } from '../src/stress/stress.ts';
import type { Tracing } from '../src/tracing/tracing.ts';
import { MemoryDocumentStore } from './memory-document-store.ts';
import { MemoryFileStore } from './memory-file-store.ts';

const stressToken = 'a-token-of-enough-length';
export const authorized = { authorization: `Bearer ${stressToken}` };

const storeEnv = {
  SESSION_STORE: 'embedded',
  SESSION_FOLDER: 'unused',
  SESSION_KEYS: 'a-signing-key-of-enough-length-1',
  FILE_STORE: 'disk',
  FILES_FOLDER: 'unused',
};

export interface InMemoryApi {
  readonly app: Hono<ApiEnv>;
  readonly taskState: TaskState;
  readonly metrics: RequestMetrics;
  readonly accesses: readonly Access[];
  readonly logLines: readonly string[];
  /** Settles the job that the only CPU thread runs. */
  readonly cpu: { finish: () => void; fail: () => void };
  readonly documents: MemoryDocumentStore;
  readonly files: MemoryFileStore;
  readonly burners: { readonly stopped: number; use: (cpuMs: number) => void; end: () => void };
}

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly extraRoutes?: readonly Route[];
  /** @default a moment that stands still */
  readonly now?: () => Date;
  /** Given where several tasks share it. */
  readonly documents?: MemoryDocumentStore;
  /** @default nothing is traced */
  readonly tracing?: Tracing;
}

/** The whole API without ports, threads or clocks: threads are levers that the test pulls. */
export function inMemoryApi({
  env = {},
  extraRoutes = [],
  now = () => new Date('2026-01-02T03:04:05.678Z'),
  documents = new MemoryDocumentStore(),
  tracing,
}: Options = {}): InMemoryApi {
  const result = readConfig({ STRESS_ENABLED: 'true', STRESS_TOKEN: stressToken, ...storeEnv, ...env });
  if (!result.ok) throw new Error(result.problems.join('\n'));
  const { config } = result;
  const idle = (): void => undefined;
  const cpu = { finish: idle, fail: idle };
  const burners = { stopped: 0, use: idle as (cpuMs: number) => void, end: idle };
  const startBurners: StartBurners = (_cycle, { onUsed, onEnd }) => {
    burners.use = onUsed;
    burners.end = onEnd;
    return { stop: () => (burners.stopped += 1) };
  };
  const files = new MemoryFileStore();
  const taskState = new TaskState();
  const metrics = new RequestMetrics();
  const accesses: Access[] = [];
  const logLines: string[] = [];
  let requestCount = 0;
  let milliseconds = 0;

  const { routes } = buildRoutes({
    config,
    identity: {
      taskId: 'task-1',
      availabilityZone: 'eu-west-1a',
      hostName: 'host-1',
      image: 'app@sha256:0',
      version: '1.2.3',
    },
    taskState,
    startSpender: ({ onDone, onFailed }) => {
      cpu.finish = onDone;
      cpu.fail = () => onFailed(new Error('the thread died'));
      return { spend: idle, close: idle };
    },
    startBurners,
    now,
    documents,
    files,
    protection: noScaleInProtection,
  });
  const app = createApp({
    ...config,
    routes: [...routes, ...extraRoutes],
    logger: pino({}, { write: (line: string) => logLines.push(line) }),
    accessLog: (access) => accesses.push(access),
    metrics,
    tracing,
    taskState,
    nextRequestId: () => `generated-${++requestCount}`,
    now: () => (milliseconds += 3),
  });
  return { app, taskState, metrics, accesses, logLines, cpu, burners, documents, files };
}
