import type { BenchName } from '../bench-name.ts';
import { differenceOfMedians } from '../measure/compare-rounds.ts';
import type { Figure, Outcome, PacedLatency, Skip } from '../outcome.ts';
import { findExecutable } from '../process/find-executable.ts';
import type { Rig } from '../rig.ts';
import { startNginx } from '../nginx/start-nginx.ts';
import { measurePaced, type PacedRounds } from './measure-paced.ts';
import { measureThroughput } from './measure-throughput.ts';
import { ratioFigure } from './ratio-figure.ts';
import { checkSameAnswer } from './same-answer.ts';
import { startBalancer, startPeer } from './start-servers.ts';

const nginxMissing =
  'nginx was not found on PATH; install it (Debian and Ubuntu: apt-get install nginx-light, macOS: brew install nginx) and run again';

/** The twin’s balancer against nginx, both in front of the same two upstreams. */
export async function measureBalancer(rig: Rig, wanted: ReadonlySet<BenchName>): Promise<Outcome> {
  const upstreams = [await startPeer(rig, 'hono'), await startPeer(rig, 'hono')] as const;
  const nginxCommand = await findExecutable('nginx', rig.searchPath);
  const balancer = await startBalancer(rig, upstreams);
  const nginx = nginxCommand === null ? null : await startNginx(rig, nginxCommand, upstreams);
  const [direct] = upstreams;
  await checkSameAnswer({ direct, balancer, ...(nginx === null ? {} : { nginx }) });

  const figures: Figure[] = [];
  const skipped: Skip[] = [];
  if (wanted.has('balancerVsNginx')) {
    if (nginx === null) skipped.push({ name: 'balancerVsNginx', reason: nginxMissing });
    else figures.push(await throughput(rig, { balancer, nginx }));
  }
  if (!wanted.has('balancerAddedP50Ms')) return { figures, skipped };

  const paced = await measurePaced(rig, { direct, balancer, ...(nginx === null ? {} : { nginx }) });
  figures.push(addedP50(paced));
  return { figures, skipped, pacedLatencyMs: paced.medians };
}

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

function addedP50({ p50Ms, medians }: PacedRounds): Figure {
  const { direct, balancer, nginx = [] } = p50Ms;
  return {
    name: 'balancerAddedP50Ms',
    ...differenceOfMedians(balancer, direct),
    detail: latencies(medians),
    rounds: { direct, balancer, ...(nginx.length > 0 ? { nginx } : {}) },
  };
}

function latencies({ askedRequestsPerSecond, direct, balancer, nginx }: PacedLatency): string {
  const shown = Object.entries({ direct, balancer, ...(nginx === null ? {} : { nginx }) }).map(
    ([name, { p50, p99 }]) => `${name} ${p50.toFixed(2)}/${p99.toFixed(2)}`,
  );
  return `p50/p99 ms at ${askedRequestsPerSecond} requests/s: ${shown.join(', ')}`;
}
