import { availabilityZoneNames, resolveEnvironment } from '@tideline/config';
import type { Observation } from '@tideline/evidence';
import type { PolicyForecasts } from '@tideline/scaling';
import { ActivityLog } from '../src/autoscaler/activity-log.ts';
import { createBalancer } from '../src/balancer/balancer.ts';
import { VirtualClock } from '../src/clock/virtual-clock.ts';
import type { MetricDatum } from '../src/metrics/custom-metric-collector.ts';
import type { Twin } from '../src/twin.ts';
import { noSessionStore } from '../src/stores/session-store.ts';
import { ServiceRig } from './service-rig.ts';

/** A twin in virtual time: a service of fake tasks, and a balancer that neither listens nor checks. */
export async function fakeTwin() {
  const rig = await ServiceRig.steady();
  const environment = resolveEnvironment({ preset: 'rig', compute: { kind: 'fargate' } });
  // A clock of its own that never moves keeps the balancer from probing.
  const balancer = createBalancer({ ...environment, clock: new VirtualClock() });
  const activities = new ActivityLog();
  const published: MetricDatum[] = [];
  const speeds: number[] = [];
  const forecasts: PolicyForecasts[] = [];
  const observe = (): Observation => ({
    cloudSeconds: rig.clock.now(),
    speed: speeds.at(-1) ?? 1,
    capacity: { min: 1, max: 4 },
    service: rig.service.counts(),
    deploymentInProgress: rig.service.deployments.inProgress,
    policies: [],
    activities: [...activities.all()],
    metrics: [],
    events: [...rig.log.all()],
  });
  const twin: Twin = {
    url: 'http://127.0.0.1:8080',
    environment,
    zones: availabilityZoneNames(environment),
    fleet: rig.service,
    capacityProviderGroup: null,
    sessionStore: noSessionStore,
    activities,
    balancer,
    ingressCounts: undefined,
    versionTraffic: undefined,
    observe,
    forecasts: () => forecasts,
    setSpeed: (speed) => speeds.push(speed),
    publishMetric: (datum) => published.push(datum),
    steady: Promise.resolve(),
    close: () => balancer.close(),
    killAll: () => undefined,
  };
  return { twin, rig, balancer, published, speeds, forecasts };
}
