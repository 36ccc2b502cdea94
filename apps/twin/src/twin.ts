import { type Environment, availabilityZoneNames, resourceNames } from '@tideline/config';
import type { Observation, ServiceEvent } from '@tideline/evidence';
import type { PolicyForecasts } from '@tideline/scaling';
import { startAgent } from './agent/start-agent.ts';
import type { ActivityLog } from './autoscaler/activity-log.ts';
import type { Balancer } from './balancer/balancer.ts';
import { ScaledClock } from './clock/scaled-clock.ts';
import type { AnyFleet } from './fleet/create-fleet.ts';
import type { CapacityProviderGroup } from './ec2-service/capacity-provider-group.ts';
import type { MetricDatum } from './metrics/custom-metric-collector.ts';
import { observe } from './observe.ts';
import type { HttpApiCounts } from './ingress/http-api.ts';
import { type SendTestTraffic, sendOwnTestTraffic } from './release/create-blue-green-service.ts';
import type { Release } from './release/release.ts';
import type { VersionTraffic } from './release/version-ledger.ts';
import { createRuntime } from './runtimes/runtime-kinds.ts';
import { createScaledFleet } from './scaled-fleet.ts';
import { ServiceStalledError } from './service-stalled-error.ts';
import { openStores } from './stores/open-stores.ts';
import type { SessionStore } from './stores/session-store.ts';
import type { BackendVersion } from './tasks/task-runtime.ts';
import { createTwinBalancer } from './twin-balancer.ts';

export interface TwinOptions {
  readonly environment: Environment;
  /** Cloud seconds per wall second. */
  readonly speed: number;
  /** Port of the balancer on the loopback interface; 0 picks a free one. */
  readonly port: number;
  /** The bundled backend that every task or instance runs. */
  readonly backendFile: string;
  /** Secrets of every task or instance, as environment variables; for instance the token of the stress routes. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Variables of every task or instance that say where its spans go. @default nothing is traced */
  readonly traceVariables?: Readonly<Record<string, string>>;
  /** What a service that is released blue/green starts with. @default version 1 */
  readonly firstVersion?: BackendVersion;
  /** Hears of every change of a blue/green release. */
  readonly onRelease?: (release: Release) => void;
  /** Tests a blue/green release before its traffic moves. @default as the deployed function does, from within */
  readonly sendTestTraffic?: SendTestTraffic;
  readonly onEvent?: (event: ServiceEvent) => void;
  /** Hears of every line that a task prints. */
  readonly onOutput?: (taskId: string, line: string) => void;
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
  readonly balancer: Pick<Balancer, 'targets' | 'snapshot' | 'faultCosts'>;
  /** What the HTTP API in front has counted; undefined where clients reach the balancer itself. */
  readonly ingressCounts: (() => HttpApiCounts) | undefined;
  /** What clients got from each version since the start; undefined where versions take over task by task. */
  readonly versionTraffic: (() => Readonly<Record<string, VersionTraffic>>) | undefined;
  readonly sessionStore: SessionStore;
  observe(): Observation;
  /** What each predictive policy has forecast; empty where there is none. */
  forecasts(): readonly PolicyForecasts[];
  setSpeed(speed: number): void;
  publishMetric(datum: MetricDatum): void;
  /** Resolves when everything desired runs and is healthy for the first time; rejects with a ServiceStalledError. */
  readonly steady: Promise<void>;
  /** Ends every process and frees every port. */
  close(): Promise<void>;
  /** Ends every process at once, when nothing can be awaited any more. */
  killAll(): void;
}

/** @throws ListenError, SessionStoreError, UsageError where no runtime can run the tasks, and whatever else keeps the balancer from listening; nothing is left running then */
export async function startTwin(options: TwinOptions): Promise<Twin> {
  const { environment, onEvent = () => undefined } = options;
  const zones = availabilityZoneNames(environment);
  const clock = new ScaledClock({ speed: options.speed });
  const { balancer, registry, release, ingressCounts } = createTwinBalancer(environment, {
    clock,
    onEvent: ({ type }) => {
      if (type === 'target-state') scaled.targetsChanged();
    },
  });
  const { port } = await balancer.listen({ host: '127.0.0.1', port: options.port });
  const abandon = async (error: unknown): Promise<never> => {
    await balancer.close();
    clock.stop();
    throw error;
  };
  const agent = await startAgent(environment, { clock, fleet: () => scaled.fleet }).catch(abandon);
  const stores = await openStores(environment).catch(async (error: unknown) => {
    await agent.close();
    return abandon(error);
  });
  const runtime = await createRuntime({
    ...options,
    agentUri: agent.uri,
    storeVariables: stores.variables,
    traceVariables: options.traceVariables ?? {},
    onOutput: options.onOutput ?? (() => undefined),
  }).catch(async (error: unknown) => {
    await Promise.all([agent.close(), stores.close()]);
    return abandon(error);
  });
  let noteSteady: () => void = () => undefined;
  let noteStalled: (error: Error) => void = () => undefined;
  const steady = new Promise<void>((resolve, reject) => {
    noteSteady = resolve;
    noteStalled = reject;
  });
  // What waits for it hears of a stall; nothing has to wait.
  steady.catch(() => undefined);
  const scaled = createScaledFleet({
    environment,
    clock,
    zones,
    runtime,
    targets: registry,
    snapshot: () => balancer.snapshot(),
    anomalies: () => balancer.anomalies(),
    release: release && {
      ...release,
      firstVersion: options.firstVersion ?? { version: '1', variables: {} },
      onRelease: options.onRelease ?? (() => undefined),
      sendTestTraffic: options.sendTestTraffic ?? sendOwnTestTraffic,
    },
    onEvent,
    onSteady: () => noteSteady(),
    onStalled: (reason: string) =>
      noteStalled(
        new ServiceStalledError(
          `${resourceNames(environment).service} cannot start: its ${scaled.fleet.unit}s keep failing. The last one: ${reason}`,
        ),
      ),
  });
  const { fleet, activities } = scaled;

  return {
    url: `http://127.0.0.1:${port}`,
    environment,
    zones,
    fleet,
    capacityProviderGroup: scaled.managedInstances?.group ?? null,
    activities,
    balancer,
    ingressCounts,
    versionTraffic:
      release && (() => release.balancer.ledger.totals(release.balancer.snapshot().requestsByTarget)),
    sessionStore: stores.sessions,
    forecasts: () => scaled.autoscaler.forecasts(),
    observe: () => observe({ ...scaled, balancer, clock, stores, runtime }),
    setSpeed: (speed) => {
      scaled.speedChanges();
      clock.setSpeed(speed);
    },
    publishMetric: (datum) => scaled.custom.put(datum),
    steady,
    close: async () => {
      scaled.close();
      clock.stop();
      await Promise.all([balancer.close(), runtime.close()]);
      await agent.close();
      await stores.close();
    },
    killAll: () => {
      runtime.killAll();
      stores.kill();
    },
  };
}
