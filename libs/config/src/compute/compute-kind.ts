import type { AssumptionCode } from '../codes/assumption-codes.ts';
import type { Problem } from '../configuration-error.ts';
import type { Compute, ComputeKindName, Environment, ReleaseKindName } from '../environment.ts';
import type { CpuCredits, InstanceType } from './instance-types.ts';

/** What one unit of capacity (a task, or an instance) is given. */
export interface CapacityUnit {
  /** CPU that utilisation is measured against; 1024 is one vCPU. */
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly architecture: 'X86_64' | 'ARM64';
}

/** What one unit of capacity is called. */
export type CapacityNoun = 'task' | 'instance';

/** What every environment of one compute kind has in common. */
export interface ComputeFacts {
  /** What runs, in words for a list of kinds. */
  readonly label: string;
  /** What one unit of capacity is called. */
  readonly unit: CapacityNoun;
  /** What holds the desired count: an ECS service, scaled by Application Auto Scaling, or a group, scaled by EC2 Auto Scaling. */
  readonly fleet: 'service' | 'group';
  /** Whether EC2 instances of an Auto Scaling group are the capacity, or run its tasks. */
  readonly hasInstances: boolean;
  /** Whether ECS runs the health check of the container, beside those of the balancer. */
  readonly hasContainerHealthCheck: boolean;
  /** Whether instances and the load runner are in public subnets, with public addresses as their way to AWS. Security groups keep the world out. */
  readonly hasPublicAddresses: boolean;
  /** What a target group registers: the address of a task, or a port of an instance. */
  readonly targetType: 'ip' | 'instance';
  /** AWS services that units reach by an interface endpoint beyond those of every kind, by the last part of the service’s name. */
  readonly interfaceEndpoints: readonly string[];
  /** CloudWatch namespace of `CPUUtilization`. */
  readonly utilisationNamespace: 'AWS/ECS' | 'AWS/EC2';
  /** Kinds of release that it supports. */
  readonly releases: readonly ReleaseKindName[];
  /** Longest time that a rolling release takes when all goes well. */
  readonly rolloutSeconds: number;
  /** Assumptions about what this kind does not have. */
  readonly absentAssumptions: readonly AssumptionCode[];
}

/** What the description makes of its compute kind. */
export interface CapacityFacts {
  /** One unit of capacity, in words. */
  readonly summary: string;
  /** Size of a unit, as the twin and the simulator execute it. */
  readonly unit: CapacityUnit;
  /** CPU units of a unit at AWS: an instance has all of its vCPUs there. */
  readonly cpuUnitsAtAws: number;
  /** Most CPU utilisation that a unit can show, percent of its CPU units. */
  readonly highestCpuPercent: number;
  /** Most units that can run: `capacity.max`, or what the maximum of instances has room for. */
  readonly mostUnits: number;
  /** EC2 instance type; null where there are no instances. */
  readonly instanceType: InstanceType | null;
  /** What instances do beyond the CPU time that they have earned; null where there are no instances. */
  readonly cpuCredits: CpuCredits | null;
  /** Container instances of a capacity provider, with the tasks on them; null where tasks have no instances of ours. */
  readonly containerInstances: Compute<'ecs-ec2'> | null;
  /** Instances that tasks at `capacity.min` come back to: packed tightly, and one each; null where tasks have no instances of ours. */
  readonly instancesAtRest: { readonly atLeast: number; readonly atMost: number } | null;
  /** Default instance warm-up, which takes the place of cooldowns; null where policies have cooldowns. */
  readonly warmupSeconds: number | null;
  /** Instances stay when desired capacity falls, until each one’s protection is taken off. */
  readonly protectedFromScaleIn: boolean;
  /** Instances that wait beside the group; null where there are none. */
  readonly warmPool: Compute<'ec2-asg'>['warmPool'];
  /** Instance refresh by which a new version takes over; null where ECS or CodeDeploy releases it. */
  readonly instanceRefresh: Compute<'ec2-asg'>['instanceRefresh'] | null;
  /** Port that a target listens on; 0 where Docker chooses one for each task. */
  readonly hostPort: number;
  /** Private range that may use SSH to instances; null allows none. */
  readonly sshFromCidr: string | null;
}

/** What the facts of a capacity depend on, beside its compute kind. */
export type CapacitySettings = Pick<Environment, 'assumptions' | 'capacity' | 'container'>;

/** Everything that others need to know about one compute kind. */
export interface ComputeKind<Kind extends ComputeKindName> extends ComputeFacts {
  readonly capacity: (compute: Compute<Kind>, settings: CapacitySettings) => CapacityFacts;
  /** Contradictions between fields of this kind and others. */
  readonly errors: (compute: Compute<Kind>, environment: Environment) => readonly Problem[];
}
