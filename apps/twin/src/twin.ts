import { type Environment, availabilityZoneNames, computeFacts, resourceNames } from '@tideline/config';
import type { Observation, ServiceEvent } from '@tideline/evidence';
import { reservationPeriodSeconds } from '@tideline/config';
import { ActivityLog } from './autoscaler/activity-log.ts';
import { Autoscaler } from './autoscaler/autoscaler.ts';
import type { Balancer } from './balancer/balancer.ts';
import { ScaledClock } from './clock/scaled-clock.ts';
import { type AnyFleet, createFleet } from './fleet/create-fleet.ts';
import type { CapacityProviderGroup } from './ec2-service/capacity-provider-group.ts';
import { ManagedScaling } from './ec2-service/managed-scaling.ts';
import type { MeasuredUnit } from './fleet/fleet.ts';
import { CustomMetricCollector, type MetricDatum } from './metrics/custom-metric-collector.ts';
import { MetricStore } from './metrics/metric-store.ts';
import { MetricsPublisher } from './metrics/metrics-publisher.ts';
import { TrafficCollector, trafficPeriodSeconds } from './metrics/traffic-collector.ts';
import { UtilisationCollector } from './metrics/utilisation-collector.ts';
import { observe } from './observe.ts';
import type { HttpApiCounts } from './ingress/http-api.ts';
import type { Release } from './release/release.ts';
import { ReleaseAlarms } from './release/release-alarms.ts';
import type { VersionTraffic } from './release/version-ledger.ts';
import { ServiceStalledError } from './service-stalled-error.ts';
import { openStores } from './stores/open-stores.ts';
import type { SessionStore } from './stores/session-store.ts';
import type { BackendVersion } from './tasks/task-runtime.ts';
import { ProcessRuntime } from './tasks/process-runtime.ts';
import { createTwinBalancer } from './twin-balancer.ts';

export interface TwinOptions {
  readonly environment: Environment;
  /** Cloud seconds per wall second. */
  readonly speed: number;
  /** Port of the balancer on the loopback interface; 0 picks a free one. */
  readonly port: number;
  /** The bundled backend that every task or instance runs. */
  readonly backendFile: string;
  /** Environment variables of every task or instance, over those of the description; for instance the token of the stress routes. */
  readonly variables: Readonly<Record<string, string>>;
  /** What a service that is released blue/green starts with. @default version 1 */
  readonly firstVersion?: BackendVersion;
  /** Hears of every change of a blue/green release. */
  readonly onRelease?: (release: Release) => void;
  readonly onEvent?: (event: ServiceEvent) => void;
}

/** The whole system on one machine: tasks or instances behind a balancer, metrics, and the autoscaler that reads them. */
export interface Twin {
  /** URL of the balancer. */
  readonly url: string;
  readonly environment: Environment;
  readonly zones: readonly string[];
  readonly fleet: AnyFleet;
  /** Instances that tasks run on; null where there are none of their own. */
  readonly capacityProviderGroup: CapacityProviderGroup | null;
  readonly activities: ActivityLog;
  readonly balancer: Pick<Balancer, 'targets' | 'snapshot'>;
  /** What the HTTP API in front has counted; undefined where clients reach the balancer itself. */
  readonly ingressCounts: (() => HttpApiCounts) | undefined;
  /** What clients got from each version since the start; undefined where versions take over task by task. */
  readonly versionTraffic: (() => Readonly<Record<string, VersionTraffic>>) | undefined;
  readonly sessionStore: SessionStore;
  observe(): Observation;
  setSpeed(speed: number): void;
  publishMetric(datum: MetricDatum): void;
  /** Resolves when everything desired runs and is healthy for the first time; rejects with a ServiceStalledError. */
  readonly steady: Promise<void>;
  /** Ends every process and frees every port. */
  close(): Promise<void>;
  /** Ends every process at once, when nothing can be awaited any more. */
  killAll(): void;
}

/** @throws ListenError, SessionStoreError, and whatever else keeps the balancer from listening; nothing is left running then */
export async function startTwin(options: TwinOptions): Promise<Twin> {
  const { environment, onEvent = () => undefined } = options;
  const zones = availabilityZoneNames(environment);
  const clock = new ScaledClock({ speed: options.speed });
  const store = new MetricStore();
  const activities = new ActivityLog(clock, {
    scales: computeFacts(environment).fleet,
  });

  const { balancer, registry, release, ingressCounts } = createTwinBalancer(environment, {
    clock,
    onEvent: ({ type }) => {
      if (type === 'target-state') targetsChanged();
    },
  });
  const { port } = await balancer.listen({ host: '127.0.0.1', port: options.port });
  const stores = await openStores(environment).catch(async (error: unknown) => {
    await balancer.close();
    clock.stop();
    throw error;
  });
  const runtime = new ProcessRuntime({
    ...options,
    variables: { ...stores.variables, ...options.variables },
  });
  let noteSteady: () => void = () => undefined;
  let noteStalled: (error: Error) => void = () => undefined;
  const steady = new Promise<void>((resolve, reject) => {
    noteSteady = resolve;
    noteStalled = reject;
  });
  // Whoever waits for it hears of a stall; nobody has to.
  steady.catch(() => undefined);
  const fleetParts = {
    environment,
    clock,
    zones,
    runtime,
    targets: registry,
    onEvent,
    onSteady: () => {
      activities.reached(fleet.desired);
      noteSteady();
    },
    onStalled: (reason: string) =>
      noteStalled(
        new ServiceStalledError(
          `${resourceNames(environment).service} cannot start: its ${fleet.unit}s keep failing. The last one: ${reason}`,
        ),
      ),
    onMeasured: (unit: MeasuredUnit) => void utilisation.begin(unit),
    onEnded: (id: string) => utilisation.forget(id),
  };
  const { fleet, events, managedInstances } = createFleet(
    fleetParts,
    release && {
      ...release,
      firstVersion: options.firstVersion ?? { version: '1', variables: {} },
      onRelease: options.onRelease ?? (() => undefined),
    },
  );
  const traffic = new TrafficCollector({
    environment,
    clock,
    store,
    snapshot: () => balancer.snapshot(),
    healthyTargets: () => fleet.counts().healthy,
  });
  const utilisation = new UtilisationCollector({ environment, store, fleet });
  const custom = new CustomMetricCollector(environment, store, () => traffic.healthyOnAverage);
  const alarms =
    release &&
    new ReleaseAlarms({
      environment,
      clock,
      store,
      answers: release.balancer.answers,
      onAlarm: (what) => {
        if (fleet.kind === 'blue-green') fleet.releases.alarmed(what);
      },
    });
  const publisher = new MetricsPublisher(clock, [
    {
      periodSeconds: environment.monitoring.resolutionSeconds,
      collect: (periodStart) => utilisation.collect(periodStart),
    },
    { periodSeconds: trafficPeriodSeconds, collect: (periodStart) => traffic.collect(periodStart) },
    { periodSeconds: trafficPeriodSeconds, collect: (periodStart) => custom.collect(periodStart) },
    { periodSeconds: reservationPeriodSeconds, collect: (periodStart) => managed?.collect(periodStart) },
    { periodSeconds: trafficPeriodSeconds, collect: (periodStart) => alarms?.collect(periodStart) },
  ]);
  const metricsSettled = (): Promise<void> => publisher.settled();
  const managed =
    managedInstances && new ManagedScaling({ environment, managedInstances, clock, store, metricsSettled });
  const autoscaler = new Autoscaler({
    environment,
    clock,
    store,
    fleet,
    activities,
    metricsSettled,
  });

  function targetsChanged(): void {
    traffic.mark();
    fleet.healthChanged();
  }

  return {
    url: `http://127.0.0.1:${port}`,
    environment,
    zones,
    fleet,
    capacityProviderGroup: managedInstances?.group ?? null,
    activities,
    balancer,
    ingressCounts,
    versionTraffic:
      release && (() => release.balancer.ledger.totals(release.balancer.snapshot().requestsByTarget)),
    sessionStore: stores.sessions,
    observe: () => observe({ clock, store, autoscaler, fleet, activities, events, stores, managed }),
    setSpeed: (speed) => {
      traffic.mark();
      clock.setSpeed(speed);
    },
    publishMetric: (datum) => custom.put(datum),
    steady,
    close: async () => {
      autoscaler.close();
      managed?.close();
      publisher.close();
      fleet.close();
      clock.stop();
      await Promise.all([balancer.close(), runtime.close()]);
      await stores.close();
    },
    killAll: () => {
      runtime.killAll();
      stores.kill();
    },
  };
}
