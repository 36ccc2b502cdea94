import type { BenchName } from '../bench-name.ts';
import { chooseCores } from '../cpu/cores.ts';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { type CpuContests, measureCpuContests } from './cpu-contests.ts';
import { startApi, startPeer } from './start-servers.ts';

/** Whose CPU time per request is divided by whose. */
const contests = {
  apiCpuVsHono: { of: 'hono', to: 'api' },
  apiCpuVsHonoUnlogged: { of: 'hono', to: 'api without access log' },
  apiCpuVsNodeHttp: { of: 'node:http', to: 'api' },
  apiCpuVsFastify: { of: 'fastify with the same middleware', to: 'api' },
  apiCpuVsExpress: { of: 'express with the same middleware', to: 'api' },
} as const satisfies CpuContests;

type Contest = keyof typeof contests;
export const apiCpuNames = Object.keys(contests) as readonly Contest[];

/** CPU time per request of the API and of its peers, each alone on a core. */
export async function measureApiCpu(rig: Rig, wanted: ReadonlySet<BenchName>): Promise<Outcome> {
  const cores = chooseCores(rig.searchPath);
  if ('reason' in cores)
    return { figures: [], skipped: [...wanted].map((name) => ({ name, reason: cores.reason })) };
  const place = { cores: cores.measured };
  const starts = {
    hono: () => startPeer(rig, 'hono', place),
    'node:http': () => startPeer(rig, 'node-http', place),
    'api without access log': () => startApi(rig, { ...place, accessLog: false }),
    api: () => startApi(rig, { ...place, accessLog: true }),
    'fastify with the same middleware': () => startPeer(rig, 'fastify', place),
    'express with the same middleware': () => startPeer(rig, 'express', place),
  };
  return measureCpuContests(rig, {
    ...{ contests, wanted, starts, cores },
    baselines: ['hono', 'api'],
    asked: 'GET /',
  });
}
