import type { BenchName, CostName } from '../bench-name.ts';
import { compareCpu, cpuRatio, type CpuScenario } from '../cpu/compare-cpu.ts';
import { chooseCores, type Cores } from '../cpu/cores.ts';
import type { CpuComparison, Figure, Outcome, Skip } from '../outcome.ts';
import type { StartedServer } from '../process/child-pool.ts';
import { findSystemProgram } from '../process/find-system-program.ts';
import {
  haproxyProxy,
  nginxProxy,
  nginxStatic,
  type PortProgram,
  startOnPort,
} from '../proxies/start-on-port.ts';
import type { Rig } from '../rig.ts';
import { connections } from '../settings.ts';
import { startBalancer } from './start-servers.ts';

const files = { small: `${'-'.repeat(51)}\n`, large: '-'.repeat(102_400) } as const;
const sizes = { small: '52 B', large: '100 KiB' } as const;

interface Kind {
  readonly cost: CostName;
  readonly file: keyof typeof files;
  readonly perConnection: boolean;
}

/** The first of each name is what the figure of that name is about. */
const kinds: readonly Kind[] = [
  { cost: 'balancerCpuSmall', file: 'small', perConnection: false },
  { cost: 'balancerCpuLarge', file: 'large', perConnection: false },
  { cost: 'balancerCpuPerConnection', file: 'small', perConnection: true },
  { cost: 'balancerCpuPerConnection', file: 'large', perConnection: true },
];

/** Every size and kind of connection with few, some and many of them; in a short run only what has a figure. */
export const cpuScenarios = (
  wanted: ReadonlySet<BenchName>,
  { isFull }: { readonly isFull: boolean },
): readonly (CpuScenario & { readonly figure: CostName | undefined })[] =>
  kinds
    .filter(({ cost }) => wanted.has(cost))
    .flatMap((kind, index, all) => {
      const isFirst = all.findIndex(({ cost }) => cost === kind.cost) === index;
      return (isFull ? [1, connections, 500] : [connections])
        .filter(() => isFull || isFirst)
        .map((count) => ({
          name: `${sizes[kind.file]}, ${kind.perConnection ? 'a connection per request' : 'keep-alive'}, ${count} ${count === 1 ? 'connection' : 'connections'}`,
          path: `/${kind.file}`,
          connections: count,
          perConnection: kind.perConnection,
          figure: isFirst && count === connections ? kind.cost : undefined,
        }));
    });

const nginxMissing =
  'nginx was not found on PATH, which is the upstream of every proxy and the one that they are compared with; install it (Debian and Ubuntu: apt-get install nginx-light) and run again';
const haproxyMissing =
  'HAProxy was not found on PATH and is missing from this comparison; install it (Debian and Ubuntu: apt-get install haproxy) and run again';

/** CPU time per request of the balancer, nginx and HAProxy, each alone on a core in front of one fast upstream. */
export async function measureBalancerCpu(rig: Rig, wanted: ReadonlySet<BenchName>): Promise<Outcome> {
  const all = (reason: string): Outcome => ({
    figures: [],
    skipped: [...wanted].map((name) => ({ name, reason })),
  });
  const cores = chooseCores(rig.searchPath);
  if ('reason' in cores) return all(cores.reason);
  const nginx = findSystemProgram('nginx', rig.searchPath);
  if (nginx === undefined) return all(nginxMissing);
  const { servers: started, missing } = await startProxies(rig, nginx, cores);
  const servers = Object.fromEntries(Object.entries(started).map(([name, server]) => [name, [server]]));
  const cpu: CpuComparison[] = [];
  const figures: Figure[] = [];
  for (const scenario of cpuScenarios(wanted, rig.settings)) {
    const comparison = await compareCpu(rig, { servers, baseline: 'nginx', cores, scenario });
    cpu.push(comparison);
    const { figure } = scenario;
    if (figure !== undefined)
      figures.push({ name: figure, ...cpuRatio(comparison, { of: 'balancer', to: 'nginx' }) });
  }
  return { figures, cpu, skipped: missing };
}

async function startProxies(
  rig: Rig,
  nginx: string,
  cores: Cores,
): Promise<{
  readonly servers: Readonly<Record<string, StartedServer>>;
  readonly missing: readonly Skip[];
}> {
  const upstream = await startOnPort(rig, { ...nginxStatic(nginx, files), cores: cores.others });
  const measured = (program: PortProgram) => startOnPort(rig, { ...program, cores: cores.measured });
  const haproxy = findSystemProgram('haproxy', rig.searchPath);
  return {
    servers: {
      nginx: await measured(nginxProxy(nginx, [upstream.url])),
      ...(haproxy === undefined ? {} : { haproxy: await measured(haproxyProxy(haproxy, [upstream.url])) }),
      balancer: await startBalancer(rig, [upstream.url], { cores: cores.measured }),
    },
    missing: haproxy === undefined ? [{ name: 'haproxy', reason: haproxyMissing }] : [],
  };
}
