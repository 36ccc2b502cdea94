import { randomUUID } from 'node:crypto';
import { availabilityZoneNames, resourceNames, type Environment } from '@tideline/config';
import type { Observation, ServiceEvent } from '@tideline/evidence';
import { ActivityLog } from './autoscaler/activity-log.ts';
import { Autoscaler } from './autoscaler/autoscaler.ts';
import { createBalancer } from './balancer/balancer.ts';
import { CloudClock } from './clock/cloud-clock.ts';
import { CustomMetricCollector, type MetricDatum } from './metrics/custom-metric-collector.ts';
import { MetricStore } from './metrics/metric-store.ts';
import { MetricsPublisher } from './metrics/metrics-publisher.ts';
import { TrafficCollector, trafficPeriodSeconds } from './metrics/traffic-collector.ts';
import { UtilisationCollector } from './metrics/utilisation-collector.ts';
import { observe } from './observe.ts';
import { EventLog } from './service/event-log.ts';
import { ServiceScheduler } from './service/service-scheduler.ts';
import { ProcessRuntime } from './tasks/process-runtime.ts';
import { Task } from './tasks/task.ts';

/** The service cannot start: its tasks keep failing, and there is no earlier deployment to return to. */
export class ServiceStalledError extends Error {
  override readonly name = 'ServiceStalledError';
}

export interface TwinOptions {
  readonly environment: Environment;
  /** Cloud seconds per wall second. */
  readonly speed: number;
  /** Port of the balancer on the loopback interface; 0 picks a free one. */
  readonly port: number;
  /** The bundled backend that every task runs. */
  readonly backendFile: string;
  /** Environment variables of every task, over those of the description; for instance the token of the stress routes. */
  readonly variables: Readonly<Record<string, string>>;
  readonly onEvent?: (event: ServiceEvent) => void;
}

/** The whole system on one machine: tasks behind a balancer, metrics, and the autoscaler that reads them. */
export interface Twin {
  /** URL of the balancer. */
  readonly url: string;
  readonly environment: Environment;
  readonly zones: readonly string[];
  readonly service: ServiceScheduler;
  readonly activities: ActivityLog;
  readonly balancer: ReturnType<typeof createBalancer>;
  observe(): Observation;
  setSpeed(speed: number): void;
  publishMetric(datum: MetricDatum): void;
  /** Resolves when every desired task runs and is healthy for the first time; rejects with a ServiceStalledError. */
  readonly steady: Promise<void>;
  /** Ends every task and frees every port. */
  close(): Promise<void>;
  /** Ends every task at once, when nothing can be awaited any more. */
  killAll(): void;
}

/** @throws ListenError and whatever else keeps the balancer from listening; nothing is left running then */
export async function startTwin(options: TwinOptions): Promise<Twin> {
  const { environment } = options;
  const names = resourceNames(environment);
  const zones = availabilityZoneNames(environment);
  const clock = new CloudClock({ speed: options.speed });
  const store = new MetricStore();
  const activities = new ActivityLog(clock);
  const runtime = new ProcessRuntime(options);

  const balancer = createBalancer({
    ...environment,
    basePath: environment.container.basePath,
    clock,
    onEvent: ({ type }) => {
      if (type === 'target-state') targetsChanged();
    },
  });
  const { port } = await balancer.listen({ host: '127.0.0.1', port: options.port });
  const events = new EventLog({
    clock,
    service: names.service,
    ...(options.onEvent && { onEvent: options.onEvent }),
  });
  let noteSteady: () => void = () => undefined;
  let noteStalled: (error: Error) => void = () => undefined;
  const steady = new Promise<void>((resolve, reject) => {
    noteSteady = resolve;
    noteStalled = reject;
  });
  // Whoever waits for it hears of a stall; nobody has to.
  steady.catch(() => undefined);
  const service = new ServiceScheduler({
    environment,
    clock,
    log: events,
    targetGroup: names.targetGroup,
    zones,
    targetHealth: () => balancer.targets(),
    firstDefinition: { revision: 1, version: '1', variables: {} },
    createTask: ({ availabilityZone, definition }) =>
      new Task({
        id: randomUUID().replaceAll('-', ''),
        availabilityZone,
        definition,
        startSeconds: spread(environment.assumptions.taskStartSeconds),
        stopTimeoutSeconds: environment.container.stopTimeoutSeconds,
        clock,
        runtime,
        targets: balancer,
        onChange: taskChanged,
      }),
    onSteady: () => {
      activities.reached(service.desired);
      noteSteady();
    },
    onStalled: (reason) =>
      noteStalled(
        new ServiceStalledError(
          `the service ${names.service} cannot start: its tasks keep failing. The last one: ${reason}`,
        ),
      ),
  });
  const traffic = new TrafficCollector({
    environment,
    clock,
    store,
    snapshot: () => balancer.snapshot(),
    healthyTargets: () => service.counts().healthy,
  });
  const utilisation = new UtilisationCollector({
    environment,
    store,
    runningTasks: () => service.tasks().filter((task) => task.state === 'RUNNING'),
  });
  const custom = new CustomMetricCollector(environment, store);
  const publisher = new MetricsPublisher(clock, [
    {
      periodSeconds: environment.monitoring.resolutionSeconds,
      collect: (start) => utilisation.collect(start),
    },
    { periodSeconds: trafficPeriodSeconds, collect: (start) => traffic.collect(start) },
    { periodSeconds: trafficPeriodSeconds, collect: (start) => custom.collect(start) },
  ]);
  const autoscaler = new Autoscaler({
    environment,
    clock,
    store,
    service,
    activities,
    metricsSettled: () => publisher.settled(),
  });

  function targetsChanged(): void {
    traffic.mark();
    service.healthChanged();
  }

  function taskChanged(task: Task): void {
    if (task.state === 'RUNNING') void utilisation.begin(task);
    if (task.state === 'STOPPED') utilisation.forget(task.id);
    service.taskChanged(task);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    environment,
    zones,
    service,
    activities,
    balancer,
    observe: () => observe({ clock, store, autoscaler, service, activities, events }),
    setSpeed: (speed) => {
      traffic.mark();
      clock.setSpeed(speed);
    },
    publishMetric: (datum) => custom.put(datum),
    steady,
    close: async () => {
      autoscaler.close();
      publisher.close();
      service.close();
      clock.stop();
      await Promise.all([balancer.close(), runtime.close()]);
    },
    killAll: () => runtime.killAll(),
  };
}

/** A start time within the assumed bounds, evenly spread. */
const spread = ({ min, max }: { readonly min: number; readonly max: number }): number =>
  min + Math.random() * (max - min);
