import type { BenchName } from '../bench-name.ts';
import { chooseCores } from '../cpu/cores.ts';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { type CpuContests, measureCpuContests } from './cpu-contests.ts';
import { startApi, startPeer } from './start-servers.ts';

/** Whose CPU time per request is divided by whose: what is left of the rate once requests are traced. */
const contests = {
  apiTracedVsApi: { of: 'api', to: 'api, each request traced' },
  apiSampledVsApi: { of: 'api', to: 'api, 1 % traced' },
  honoTracedVsHono: { of: 'hono', to: 'hono with @hono/otel, each request traced' },
} as const satisfies CpuContests;

type Contest = keyof typeof contests;
export const apiTracedNames = Object.keys(contests) as readonly Contest[];

/** CPU time per request of the API with tracing and without, beside the same of Hono with the middleware that it has for it. */
export async function measureApiTraced(rig: Rig, wanted: ReadonlySet<BenchName>): Promise<Outcome> {
  const cores = chooseCores(rig.searchPath);
  if ('reason' in cores)
    return { figures: [], skipped: [...wanted].map((name) => ({ name, reason: cores.reason })) };
  const place = { cores: cores.measured };
  const { url: endpoint } = await startPeer(rig, 'otlp', { cores: cores.others });
  const api = (sampledShare?: number) =>
    startApi(rig, {
      ...place,
      accessLog: true,
      ...(sampledShare === undefined ? {} : { traced: { endpoint, sampledShare } }),
    });
  const starts = {
    api: () => api(),
    'api, each request traced': () => api(1),
    'api, 1 % traced': () => api(0.01),
    hono: () => startPeer(rig, 'hono', place),
    'hono with @hono/otel, each request traced': () =>
      startPeer(rig, 'hono-otel', { ...place, collector: endpoint }),
  };
  return measureCpuContests(rig, {
    ...{ contests, wanted, starts, cores },
    baselines: ['api', 'hono'],
    asked: 'GET / with tracing',
  });
}
