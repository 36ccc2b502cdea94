import type { Observation } from '@tideline/evidence';
import { sumDatapoints } from '@tideline/scaling';
import type { ActivityLog } from './autoscaler/activity-log.ts';
import type { Autoscaler } from './autoscaler/autoscaler.ts';
import type { Clock } from './clock/clock.ts';
import type { MetricStore } from './metrics/metric-store.ts';
import type { EventLog } from './service/event-log.ts';
import type { ServiceScheduler } from './service/service-scheduler.ts';

export interface ObservedParts {
  readonly clock: Clock;
  readonly store: MetricStore;
  readonly autoscaler: Autoscaler;
  readonly service: ServiceScheduler;
  readonly activities: ActivityLog;
  readonly events: EventLog;
}

/** Everything that can be seen of the twin, now. */
export function observe({
  clock,
  store,
  autoscaler,
  service,
  activities,
  events,
}: ObservedParts): Observation {
  const sums = autoscaler.sums().map(({ key, sourceKeys, periodSeconds }) => ({
    key,
    unit: 'None' as const,
    periodSeconds,
    datapoints: sumDatapoints(sourceKeys.map((source) => store.all(source))).map(
      ({ startSeconds, value }) => ({
        cloudSeconds: startSeconds,
        value,
      }),
    ),
  }));
  return {
    cloudSeconds: clock.now(),
    speed: clock.speed,
    capacity: autoscaler.capacity,
    service: service.counts(),
    deploymentInProgress: service.deployments.inProgress,
    policies: autoscaler.policies(),
    activities: [...activities.all()],
    metrics: [...store.series(), ...sums],
    events: [...events.all()],
  };
}
