import { randomBytes } from 'node:crypto';
import { type ReleaseSettings, healthCheckFacts, resourceNames } from '@tideline/config';
import type { Probe } from '../balancer/targets/health-check.ts';
import { httpProbe } from '../balancer/targets/http-probe.ts';
import { EventLog } from '../fleet/event-log.ts';
import type { BuiltFleet, FleetParts } from '../fleet/fleet.ts';
import { createTask } from '../service/create-task.ts';
import { ServiceScheduler } from '../service/service-scheduler.ts';
import { ZonePlacement } from '../service/zone-placement.ts';
import type { BackendVersion } from '../tasks/task-runtime.ts';
import { BlueGreenService } from './blue-green-service.ts';
import type { Release } from './release.ts';
import type { ReleaseBalancer } from './release-balancer.ts';

/** What a blue/green service needs beyond what every fleet does. */
export interface ReleaseParts {
  readonly settings: ReleaseSettings<'blue-green'>;
  readonly balancer: Pick<ReleaseBalancer, 'groups' | 'traffic' | 'ledger' | 'testWith' | 'testListener'>;
  /** What the service starts with. */
  readonly firstVersion: BackendVersion;
  readonly onRelease: (release: Release) => void;
}

/** An ECS service of Fargate tasks that is released blue/green. */
export function createBlueGreenService(
  parts: FleetParts,
  { settings, balancer, firstVersion, onRelease }: ReleaseParts,
): BuiltFleet<BlueGreenService> {
  const { environment, clock } = parts;
  const names = resourceNames(environment);
  const groupNames = { blue: names.targetGroup, green: names.greenTargetGroup };
  const log = new EventLog({ clock, subject: `service ${names.service}`, onEvent: parts.onEvent });
  const abort = new AbortController();
  const fleet = new BlueGreenService({
    clock,
    log,
    settings,
    desired: environment.capacity.desired,
    firstDefinition: { revision: 1, ...firstVersion },
    newId: () => `d-${randomBytes(5).toString('hex').slice(0, 9).toUpperCase()}`,
    onChange: onRelease,
    onSteady: parts.onSteady,
    shift: (weights) => balancer.traffic.shift(weights),
    test: (colour) => {
      balancer.testWith(colour);
      const path = `${environment.container.basePath}${environment.healthCheck.path}`;
      const { succeeds } = healthCheckFacts(environment);
      return testTraffic(balancer.testListener, { path, succeeds, probe: httpProbe, signal: abort.signal });
    },
    createSet: ({ colour, definition, desired, isFirst, onSteady }) => {
      const group = balancer.groups[colour];
      const scheduler = new ServiceScheduler({
        ...parts,
        environment: {
          ...environment,
          capacity: { ...environment.capacity, desired },
          // CodeDeploy ignores the bounds of rolling deployments, and has its own deadline in place of the circuit breaker.
          deployment: {
            minimumHealthyPercent: 100,
            maximumPercent: 200,
            circuitBreaker: { enabled: isFirst, rollback: false },
            availabilityZoneRebalancing: false,
          },
        },
        log: log.about(`service ${names.service}, taskSet ${colour}`),
        placement: new ZonePlacement(parts.zones),
        targetGroup: groupNames[colour],
        targetHealth: () => group.targets(),
        firstDefinition: definition,
        onSteady,
        createTask: (placement) => {
          const task = createTask(
            { ...parts, targets: group },
            {
              ...placement,
              onChange: (changed) => {
                scheduler.taskChanged(changed);
                fleet.releases.changed();
              },
            },
          );
          balancer.ledger.assign(task.id, task.definition.version);
          return task;
        },
      });
      return scheduler;
    },
  });
  return { fleet, events: log };
}

/** Requests of the test: each of them has to pass. */
const requests = 10;
const timeoutMs = 5000;

/**
 * Test traffic, in the place of a Lambda function at AfterAllowTestTraffic: asks the test listener for the health check’s path.
 * @returns why it did not pass, or null
 */
async function testTraffic(
  listener: { readonly host: string; readonly port: number },
  {
    path,
    succeeds,
    probe,
    signal,
  }: {
    readonly path: string;
    readonly succeeds: (status: number) => boolean;
    readonly probe: Probe;
    readonly signal: AbortSignal;
  },
): Promise<string | null> {
  for (let request = 1; request <= requests; request += 1) {
    const result = await probe({ ...listener, path, timeoutMs, signal });
    if (result.kind === 'answer' && succeeds(result.status)) continue;
    const got = result.kind === 'answer' ? `status ${result.status}` : result.kind;
    return `test request ${request} of ${requests} to ${path} got ${got}`;
  }
  return null;
}
