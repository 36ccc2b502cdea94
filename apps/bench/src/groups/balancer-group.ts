import type { BenchName } from '../bench-name.ts';
import type { Figure, Outcome, Skip } from '../outcome.ts';
import { findSystemProgram } from '../process/find-system-program.ts';
import type { Rig } from '../rig.ts';
import { nginxProxy, startOnPort } from '../proxies/start-on-port.ts';
import { addedP50, measurePaced, p99AboveNginx } from './paced-rounds.ts';
import { measureThroughput, ratioFigure } from './measure-throughput.ts';
import { checkSameAnswer } from './same-answer.ts';
import { startBalancer, startPeer } from './start-servers.ts';

const nginxMissing =
  'nginx was not found on PATH; install it (Debian and Ubuntu: apt-get install nginx-light, macOS: brew install nginx) and run again';

const generatorLimited =
  'the load runner fell behind its own rate in every round, so latencies would be partly its own; run again when the machine has less to do';

/** The twin’s balancer against nginx, both in front of the same two upstreams. */
export async function measureBalancer(rig: Rig, wanted: ReadonlySet<BenchName>): Promise<Outcome> {
  const upstreams = [(await startPeer(rig, 'hono')).url, (await startPeer(rig, 'hono')).url] as const;
  const nginxCommand = findSystemProgram('nginx', rig.searchPath);
  const { url: balancer } = await startBalancer(rig, upstreams);
  const nginx =
    nginxCommand === undefined ? null : (await startOnPort(rig, nginxProxy(nginxCommand, upstreams))).url;
  const [direct] = upstreams;
  await checkSameAnswer({ direct, balancer, ...(nginx === null ? {} : { nginx }) });

  const figures: Figure[] = [];
  const skipped: Skip[] = [];
  if (wanted.has('balancerVsNginx')) {
    if (nginx === null) skipped.push({ name: 'balancerVsNginx', reason: nginxMissing });
    else figures.push(await throughput(rig, { balancer, nginx }));
  }
  const latencies = latencyNames.filter((name) => wanted.has(name));
  if (latencies.length === 0) return { figures, skipped };

  const paced = await measurePaced(rig, { direct, balancer, ...(nginx === null ? {} : { nginx }) });
  if (paced === null) {
    skipped.push(...latencies.map((name) => ({ name, reason: generatorLimited })));
    return { figures, skipped };
  }
  for (const name of latencies) {
    const measured = name === 'balancerAddedP50Ms' ? addedP50(paced) : p99AboveNginx(paced, nginxMissing);
    if ('reason' in measured) skipped.push(measured);
    else figures.push(measured);
  }
  return { figures, skipped, pacedLatencyMs: paced.medians };
}

const latencyNames = ['balancerAddedP50Ms', 'balancerP99AboveNginxMs'] as const;

async function throughput(
  rig: Rig,
  servers: { readonly balancer: string; readonly nginx: string },
): Promise<Figure> {
  const { balancer, nginx } = await measureThroughput(rig, servers);
  return ratioFigure(
    'balancerVsNginx',
    { name: 'balancer', rounds: balancer },
    { name: 'nginx', rounds: nginx },
  );
}
