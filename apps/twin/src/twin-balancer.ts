import {
  type Environment,
  type ReleaseSettings,
  codeDeployRelease,
  healthCheckFacts,
  httpApi,
} from '@tideline/config';
import { type Balancer, type BalancerOptions, createBalancer } from './balancer/balancer.ts';
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
  const settings = httpApi(environment);
  const api = settings === null ? undefined : new HttpApi(settings, () => performance.now() / 1000);
  const options = {
    ...environment,
    basePath: environment.container.basePath,
    succeeds: healthCheckFacts(environment).succeeds,
    clock,
    onEvent,
    entry: api,
  };
  const ingressCounts = api && (() => api.counts());
  const release = codeDeployRelease(environment);
  if (release === null) {
    const balancer = createBalancer(options);
    return { balancer, registry: balancer, release: undefined, ingressCounts };
  }
  const balancer = createReleaseBalancer({ ...options, random: Math.random });
  return {
    balancer,
    registry: balancer.groups.blue,
    release: { settings: release, balancer },
    ingressCounts,
  };
}
