import type { Observation } from '@tideline/evidence';
import { sumDatapoints } from '@tideline/scaling';
import type { ActivityLog } from './autoscaler/activity-log.ts';
import type { Autoscaler } from './autoscaler/autoscaler.ts';
import type { Balancer } from './balancer/balancer.ts';
import type { Clock } from './clock/clock.ts';
import type { MetricStore } from './metrics/metric-store.ts';
import type { EventLog } from './fleet/event-log.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { ManagedScaling } from './ec2-service/managed-scaling.ts';
import type { OpenStores } from './stores/open-stores.ts';
import type { OwnedRuntime } from './tasks/task-runtime.ts';

export interface ObservedParts {
  readonly balancer: Pick<Balancer, 'faultCosts'>;
  readonly clock: Clock;
  readonly store: MetricStore;
  readonly autoscaler: Autoscaler;
  readonly fleet: Fleet;
  readonly activities: ActivityLog;
  readonly events: EventLog;
  readonly stores: Pick<OpenStores, 'describe'>;
  readonly runtime: Pick<OwnedRuntime, 'describe'>;
  /** Undefined where no capacity provider is scaled. */
  readonly managed: ManagedScaling | undefined;
}

/** Everything that can be seen of the twin, now. */
export function observe(parts: ObservedParts): Observation {
  const { clock, store, autoscaler, fleet, managed } = parts;
  const sums = autoscaler.sums().map(({ key, sourceKeys, periodSeconds }) => ({
    key,
    unit: 'None' as const,
    periodSeconds,
    datapoints: sumDatapoints(sourceKeys.map((source) => store.all(source))).map(
      ({ startSeconds, ...rest }) => ({ cloudSeconds: startSeconds, ...rest }),
    ),
  }));
  return {
    cloudSeconds: clock.now(),
    speed: clock.speed,
    capacity: autoscaler.capacity,
    unit: fleet.unit,
    service: fleet.counts(),
    deploymentInProgress: fleet.isRollingOut,
    stores: parts.stores.describe(),
    runtime: parts.runtime.describe(),
    ...(managed === undefined ? {} : { capacityProvider: managed.observe() }),
    policies: autoscaler.policies(),
    activities: [...parts.activities.all()],
    metrics: [...store.series(), ...sums],
    events: [...parts.events.all()],
    faultCosts: parts.balancer.faultCosts(),
  };
}
