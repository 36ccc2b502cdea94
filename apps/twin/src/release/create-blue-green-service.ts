import { randomBytes } from 'node:crypto';
import { type ReleaseSettings, type TestTraffic, resourceNames, testTraffic } from '@tideline/config';
import { sendTestTraffic } from '@tideline/evidence/test-traffic';
import { askHttp } from '@tideline/process/ask-http';
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
  /** Sends test traffic to the test listener, in the place of a Lambda function at AfterAllowTestTraffic. */
  readonly sendTestTraffic: SendTestTraffic;
}

/** @returns why the version that the listener leads to did not pass, or null */
export type SendTestTraffic = (
  listener: { readonly host: string; readonly port: number },
  traffic: TestTraffic,
) => Promise<string | null>;

/** Decides as the deployed function does, by the same requests and without its pauses. */
export const sendOwnTestTraffic: SendTestTraffic = (listener, traffic) =>
  sendTestTraffic(traffic, (path) =>
    askHttp({ ...listener, path, timeoutMs: traffic.responseWithinMs, userAgent: 'tideline-release-test' }),
  );

/** An ECS service of Fargate tasks that is released blue/green. */
export function createBlueGreenService(
  parts: FleetParts,
  { settings, balancer, firstVersion, onRelease, sendTestTraffic: send }: ReleaseParts,
): BuiltFleet<BlueGreenService> {
  const { environment, clock } = parts;
  const names = resourceNames(environment);
  const groupNames = { blue: names.targetGroup, green: names.greenTargetGroup };
  const log = new EventLog({ clock, subject: `service ${names.service}`, onEvent: parts.onEvent });
  const traffic = testTraffic(environment);
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
      return traffic === null ? Promise.resolve(null) : send(balancer.testListener, traffic);
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
