import { availabilityZoneNames, resourceNames, type Environment } from '@tideline/config';
import type { Observation, ServiceEvent } from '@tideline/evidence';
import { reservationPeriodSeconds } from '@tideline/scaling';
import { ActivityLog } from './autoscaler/activity-log.ts';
import { Autoscaler } from './autoscaler/autoscaler.ts';
import { createBalancer } from './balancer/balancer.ts';
import { CloudClock } from './clock/cloud-clock.ts';
import { type AnyFleet, createFleet } from './fleet/create-fleet.ts';
import type { HostGroup } from './hosts/host-group.ts';
import { ManagedScaling } from './hosts/managed-scaling.ts';
import { CustomMetricCollector, type MetricDatum } from './metrics/custom-metric-collector.ts';
import { MetricStore } from './metrics/metric-store.ts';
import { MetricsPublisher } from './metrics/metrics-publisher.ts';
import { TrafficCollector, trafficPeriodSeconds } from './metrics/traffic-collector.ts';
import { UtilisationCollector } from './metrics/utilisation-collector.ts';
import { observe } from './observe.ts';
import { openStores } from './stores/open-stores.ts';
import type { SessionStore } from './stores/session-store.ts';
import { ProcessRuntime } from './tasks/process-runtime.ts';

/** The service cannot start: its tasks or instances keep failing, and there is nothing to return to. */
export class ServiceStalledError extends Error {
  override readonly name = 'ServiceStalledError';
}

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
  readonly hosts: HostGroup | null;
  readonly activities: ActivityLog;
  readonly balancer: ReturnType<typeof createBalancer>;
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
  const clock = new CloudClock({ speed: options.speed });
  const store = new MetricStore();
  const activities = new ActivityLog(clock, {
    scales: environment.compute.kind === 'ec2-asg' ? 'group' : 'service',
  });

  const balancer = createBalancer({
    ...environment,
    basePath: environment.container.basePath,
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
  const { fleet, events, hosts } = createFleet({
    environment,
    clock,
    zones,
    runtime,
    targets: balancer,
    onEvent,
    onSteady: () => {
      activities.reached(fleet.desired);
      noteSteady();
    },
    onStalled: (reason) =>
      noteStalled(
        new ServiceStalledError(
          `${resourceNames(environment).service} cannot start: its ${fleet.unit}s keep failing. The last one: ${reason}`,
        ),
      ),
    onMeasured: (unit) => void utilisation.begin(unit),
    onEnded: (id) => utilisation.forget(id),
  });
  const traffic = new TrafficCollector({
    environment,
    clock,
    store,
    snapshot: () => balancer.snapshot(),
    healthyTargets: () => fleet.counts().healthy,
  });
  const utilisation = new UtilisationCollector({ environment, store, fleet });
  const custom = new CustomMetricCollector(environment, store);
  const publisher = new MetricsPublisher(clock, [
    {
      periodSeconds: environment.monitoring.resolutionSeconds,
      collect: (periodStart) => utilisation.collect(periodStart),
    },
    { periodSeconds: trafficPeriodSeconds, collect: (periodStart) => traffic.collect(periodStart) },
    { periodSeconds: trafficPeriodSeconds, collect: (periodStart) => custom.collect(periodStart) },
    { periodSeconds: reservationPeriodSeconds, collect: (periodStart) => managed?.collect(periodStart) },
  ]);
  const metricsSettled = (): Promise<void> => publisher.settled();
  const managed = hosts && new ManagedScaling({ environment, hosts, clock, store, metricsSettled });
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
    hosts: hosts?.group ?? null,
    activities,
    balancer,
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
