import type { BenchName } from '../bench-name.ts';
import { compareCpu, cpuRatio } from '../cpu/compare-cpu.ts';
import { chooseCores } from '../cpu/cores.ts';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { connections } from '../settings.ts';
import { checkSameAnswer } from './same-answer.ts';
import { startApi, startPeer } from './start-servers.ts';

/** Whose CPU time per request is divided by whose. */
const contests = {
  apiCpuVsHono: { of: 'hono', to: 'api' },
  apiCpuVsHonoUnlogged: { of: 'hono', to: 'api without access log' },
  apiCpuVsNodeHttp: { of: 'node:http', to: 'api' },
  apiCpuVsFastify: { of: 'fastify with the same middleware', to: 'api' },
  apiCpuVsExpress: { of: 'express with the same middleware', to: 'api' },
} as const satisfies Partial<Record<BenchName, { readonly of: string; readonly to: string }>>;

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
  const names = apiCpuNames.filter((name) => wanted.has(name));
  const needed = new Set<string>(names.flatMap((name) => [contests[name].of, contests[name].to]));
  const entries = Object.entries(starts).filter(([name]) => needed.has(name));
  const servers = Object.fromEntries(
    await Promise.all(entries.map(async ([name, start]) => [name, await start()] as const)),
  );
  await checkSameAnswer(Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, url])));
  const scenario = {
    name: `GET /, keep-alive, ${connections} connections`,
    path: '/',
    connections,
    perConnection: false,
  };
  const baseline = needed.has('hono') ? 'hono' : 'api';
  const comparison = await compareCpu(rig, { servers, baseline, cores, scenario });
  return {
    figures: names.map((name) => ({ name, ...cpuRatio(comparison, contests[name]) })),
    cpu: [comparison],
  };
}
