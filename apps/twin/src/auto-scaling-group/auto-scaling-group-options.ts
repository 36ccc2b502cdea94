import { type Compute, type Environment, metricKey } from '@tideline/config';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../fleet/event-log.ts';
import type { MeasuredUnit, TargetHealthDescription } from '../fleet/fleet.ts';
import type { TaskDefinition } from '../tasks/task-runtime.ts';
import type { Instance } from './instance.ts';

export interface AutoScalingGroupOptions {
  readonly environment: Pick<Environment, 'capacity' | 'healthCheck'>;
  readonly compute: Compute<'ec2-asg'>;
  readonly clock: Clock;
  readonly log: EventLog;
  /** Names of the Availability Zones that instances spread over. */
  readonly zones: readonly string[];
  /** Launches an instance, which then boots by itself; its changes must reach `instanceChanged`. */
  readonly launch: (placement: {
    readonly availabilityZone: string;
    readonly template: TaskDefinition;
    readonly destination: 'group' | 'pool';
  }) => Instance;
  readonly targetHealth: () => readonly TargetHealthDescription[];
  readonly firstTemplate: TaskDefinition;
  /** Called whenever the desired capacity is in service and healthy, and nothing else is left. */
  readonly onSteady: () => void;
  /** Called when the first instances keep failing. The group continues to try, as at AWS. */
  readonly onStalled: (reason: string) => void;
  /** The instance’s warm-up is over. */
  readonly onWarm: (instance: MeasuredUnit) => void;
}

/** Metrics of a group’s instances, averaged over the group; EC2 knows nothing of their memory. */
export const groupUtilisationKeys = {
  cpu: metricKey({
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    dimensions: {},
    statistic: 'Average',
  }),
  memory: null,
};
