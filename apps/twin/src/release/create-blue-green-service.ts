import { randomBytes, randomUUID } from 'node:crypto';
import { type ReleaseSettings, resourceNames } from '@tideline/config';
import { httpProbe } from '../balancer/http-probe.ts';
import { EventLog } from '../fleet/event-log.ts';
import type { BuiltFleet, FleetParts } from '../fleet/fleet.ts';
import { spreadEvenly } from '../fleet/spread-evenly.ts';
import { ServiceScheduler } from '../service/service-scheduler.ts';
import { ZonePlacement } from '../service/zone-placement.ts';
import { Task } from '../tasks/task.ts';
import { BlueGreenService } from './blue-green-service.ts';
import type { Release } from './release.ts';
import type { ReleaseBalancer } from './release-balancer.ts';
import { testTraffic } from './test-traffic.ts';

/** What a blue/green service needs beyond what every fleet does. */
export interface ReleaseParts {
  readonly settings: ReleaseSettings<'blue-green'>;
  readonly balancer: Pick<ReleaseBalancer, 'groups' | 'traffic' | 'ledger' | 'testWith' | 'testListener'>;
  /** What the service starts with. */
  readonly firstVersion: { readonly version: string; readonly variables: Readonly<Record<string, string>> };
  readonly onRelease: (release: Release) => void;
}

/** An ECS service of Fargate tasks that is released blue/green. */
export function createBlueGreenService(
  parts: FleetParts,
  { settings, balancer, firstVersion, onRelease }: ReleaseParts,
): BuiltFleet<BlueGreenService> {
  const { environment, clock, onEnded, onMeasured } = parts;
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
      return testTraffic(balancer.testListener, { path, probe: httpProbe, signal: abort.signal });
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
          const id = randomUUID().replaceAll('-', '');
          balancer.ledger.assign(id, placement.definition.version);
          return new Task({
            ...placement,
            id,
            startSeconds: spreadEvenly(environment.assumptions.taskStartSeconds),
            stopTimeoutSeconds: environment.container.stopTimeoutSeconds,
            clock,
            runtime: parts.runtime,
            targets: group,
            onChange: (task) => {
              if (task.state === 'RUNNING') onMeasured(task);
              if (task.isGone) onEnded(task.id);
              scheduler.taskChanged(task);
              fleet.releases.changed();
            },
          });
        },
      });
      return scheduler;
    },
  });
  return { fleet, events: log };
}
