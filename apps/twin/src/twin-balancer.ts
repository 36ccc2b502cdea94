import { randomBytes } from 'node:crypto';
import {
  type Environment,
  type ReleaseSettings,
  codeDeployRelease,
  healthCheckFacts,
  httpApi,
} from '@tideline/config';
import { type Balancer, type BalancerOptions, createBalancer } from './balancer/balancer.ts';
import type { Entry } from './balancer/entry.ts';
import type { Clock } from './clock/clock.ts';
import { AddressRateLimit } from './edge/address-rate-limit.ts';
import { Edge } from './edge/edge.ts';
import { Firewall } from './edge/firewall.ts';
import { OriginGuard } from './edge/origin-guard.ts';
import type { TargetHealthDescription } from './fleet/fleet.ts';
import { HttpApi, type HttpApiCounts } from './ingress/http-api.ts';
import { type ReleaseBalancer, createReleaseBalancer } from './release/release-balancer.ts';
import type { TargetRegistry } from './tasks/task.ts';

/** The balancer of a twin with what stands in front of it, as the environment has them. */
export interface TwinBalancer {
  readonly balancer: Pick<Balancer, 'listen' | 'close' | 'targets' | 'anomalies' | 'snapshot' | 'faultCosts'>;
  /** Where a fleet with one target group registers. */
  readonly registry: TargetRegistry & { targets(): readonly TargetHealthDescription[] };
  /** Two groups with the traffic between them; undefined where versions take over task by task. */
  readonly release:
    { readonly settings: ReleaseSettings<'blue-green'>; readonly balancer: ReleaseBalancer } | undefined;
  /** Undefined where clients reach the balancer itself. */
  readonly ingressCounts: (() => HttpApiCounts) | undefined;
}

export function createTwinBalancer(
  environment: Environment,
  { clock, onEvent }: Required<Pick<BalancerOptions, 'clock' | 'onEvent'>>,
): TwinBalancer {
  const { entry, edge, ingressCounts } = createFront(environment, clock);
  const options = {
    ...environment,
    basePath: environment.container.basePath,
    succeeds: healthCheckFacts(environment).succeeds,
    clock,
    onEvent,
    entry,
  };
  const release = codeDeployRelease(environment);
  if (release === null) {
    const balancer = createBalancer(options);
    return { balancer: behind(edge, balancer), registry: balancer, release: undefined, ingressCounts };
  }
  const balancer = createReleaseBalancer({ ...options, random: Math.random });
  return {
    balancer: behind(edge, balancer),
    registry: balancer.groups.blue,
    release: { settings: release, balancer },
    ingressCounts,
  };
}

/** What is in front of the balancer: an HTTP API or a firewall that sees its requests first, or CloudFront, which clients reach. */
interface Front {
  readonly entry: Entry | undefined;
  readonly edge: Edge | undefined;
  readonly ingressCounts: TwinBalancer['ingressCounts'];
}

function createFront(environment: Environment, clock: Clock): Front {
  const { cdn, waf, container } = environment;
  const settings = httpApi(environment);
  if (settings !== null) {
    const api = new HttpApi(settings, () => performance.now() / 1000);
    return { entry: api, edge: undefined, ingressCounts: () => api.counts() };
  }
  const limit = waf.enabled
    ? new AddressRateLimit({
        limit: waf.requestsPerWindowPerAddress,
        windowSeconds: waf.evaluationWindowSeconds,
        clock,
      })
    : undefined;
  if (!cdn.enabled) return { entry: limit && new Firewall(limit), edge: undefined, ingressCounts: undefined };
  const secret = randomBytes(32).toString('hex');
  const edge = new Edge({ cdn, basePath: container.basePath, secret, limit, clock });
  return { entry: new OriginGuard(secret), edge, ingressCounts: undefined };
}

/** Behind CloudFront a balancer listens on a port of its own, which answers CloudFront alone. */
function behind(edge: Edge | undefined, balancer: TwinBalancer['balancer']): TwinBalancer['balancer'] {
  if (edge === undefined) return balancer;
  return {
    ...balancer,
    listen: async (address) => {
      const { port } = await balancer.listen({ host: address.host, port: 0 });
      return edge.listen(address, { host: address.host, port });
    },
    close: async () => {
      await edge.close();
      await balancer.close();
    },
  };
}
