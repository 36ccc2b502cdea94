import { type Environment, computeFacts, reservationPeriodSeconds } from '@tideline/config';
import { ActivityLog } from './autoscaler/activity-log.ts';
import { Autoscaler } from './autoscaler/autoscaler.ts';
import type { HostAnomalies } from './balancer/targets/anomaly-mitigation.ts';
import type { BalancerMetrics } from './balancer/metrics.ts';
import { ManagedScaling } from './ec2-service/managed-scaling.ts';
import { type AnyFleet, createFleet } from './fleet/create-fleet.ts';
import type { BuiltFleet, FleetParts } from './fleet/fleet.ts';
import { CustomMetricCollector } from './metrics/custom-metric-collector.ts';
import { MetricStore } from './metrics/metric-store.ts';
import { MetricsPublisher } from './metrics/metrics-publisher.ts';
import { TrafficCollector, trafficPeriodSeconds } from './metrics/traffic-collector.ts';
import { TargetAverage } from './metrics/target-average.ts';
import { UtilisationCollector } from './metrics/utilisation-collector.ts';
import type { ReleaseParts } from './release/create-blue-green-service.ts';
import { ReleaseAlarms } from './release/release-alarms.ts';
import type { ReleaseBalancer } from './release/release-balancer.ts';

export interface ScaledFleetParts extends Omit<FleetParts, 'onMeasured' | 'onLeft' | 'onEnded'> {
  /** The balancer’s counters since its start. */
  readonly snapshot: () => BalancerMetrics;
  readonly anomalies: () => HostAnomalies | null;
  /** Undefined where versions take over task by task. */
  readonly release: (ReleaseParts & { readonly balancer: Pick<ReleaseBalancer, 'answers'> }) | undefined;
}

/** A fleet, the metrics of it and of the balancer in front, and the scaling that reads them: all on one clock. */
export interface ScaledFleet extends BuiltFleet<AnyFleet> {
  readonly store: MetricStore;
  readonly activities: ActivityLog;
  readonly autoscaler: Autoscaler;
  /** Undefined where no capacity provider is scaled. */
  readonly managed: ManagedScaling | undefined;
  readonly custom: CustomMetricCollector;
  /** To be called whenever a target’s health has changed. */
  targetsChanged(): void;
  /** To be called just before the clock’s speed changes. */
  speedChanges(): void;
  /** Measures, starts and stops nothing any more. */
  close(): void;
}

export function createScaledFleet(parts: ScaledFleetParts): ScaledFleet {
  const { environment, clock, release } = parts;
  const store = new MetricStore();
  const activities = new ActivityLog({ scales: computeFacts(environment).fleet });
  const built = createFleet(
    {
      ...parts,
      onSteady: () => {
        activities.reached(fleet.desired);
        parts.onSteady();
      },
      onMeasured: (unit) => void utilisation.begin(unit),
      onLeft: (unit) => void utilisation.leave(unit),
      onEnded: (id) => utilisation.forget(id),
    },
    release,
  );
  const { fleet, managedInstances } = built;
  const traffic = new TrafficCollector({
    environment,
    clock,
    store,
    snapshot: parts.snapshot,
    anomalies: parts.anomalies,
    healthyTargets: () => fleet.counts().healthy,
  });
  const utilisation = new UtilisationCollector({ environment, clock, store, fleet });
  const custom: CustomMetricCollector = new CustomMetricCollector(environment, store, (periodSeconds) =>
    averages.get(periodSeconds)?.take(),
  );
  const averages: ReadonlyMap<number, TargetAverage> = new Map(
    custom.periodsSeconds.map((seconds) => [seconds, new TargetAverage(clock, () => fleet.counts().healthy)]),
  );
  const alarms = release && releaseAlarms(parts, release.balancer, { fleet, store });
  const publisher = new MetricsPublisher(clock, [
    {
      periodSeconds: environment.monitoring.resolutionSeconds,
      collect: (periodStart) => utilisation.collect(periodStart),
    },
    { periodSeconds: trafficPeriodSeconds, collect: (periodStart) => traffic.collect(periodStart) },
    ...custom.periodsSeconds.map((periodSeconds) => ({
      periodSeconds,
      collect: (periodStart: number) => custom.collect(periodSeconds, periodStart),
    })),
    { periodSeconds: reservationPeriodSeconds, collect: (periodStart) => managed?.collect(periodStart) },
    { periodSeconds: trafficPeriodSeconds, collect: (periodStart) => alarms?.collect(periodStart) },
  ]);
  const metricsSettled = (): Promise<void> => publisher.settled();
  const managed =
    managedInstances && new ManagedScaling({ environment, managedInstances, clock, store, metricsSettled });
  const autoscaler = new Autoscaler({ environment, clock, store, fleet, activities, metricsSettled });

  return {
    ...built,
    store,
    activities,
    autoscaler,
    managed,
    custom,
    targetsChanged: () => {
      traffic.mark();
      for (const average of averages.values()) average.mark();
      fleet.healthChanged();
    },
    speedChanges: () => traffic.mark(),
    close: () => {
      autoscaler.close();
      managed?.close();
      publisher.close();
      fleet.close();
    },
  };
}

const releaseAlarms = (
  { environment, clock }: { readonly environment: Environment; readonly clock: FleetParts['clock'] },
  { answers }: Pick<ReleaseBalancer, 'answers'>,
  { fleet, store }: { readonly fleet: AnyFleet; readonly store: MetricStore },
): ReleaseAlarms =>
  new ReleaseAlarms({
    environment,
    clock,
    store,
    answers,
    onAlarm: (what) => {
      if (fleet.kind === 'blue-green') fleet.releases.alarmed(what);
    },
  });
