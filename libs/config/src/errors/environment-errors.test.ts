import { describe, expect, test } from '@jest/globals';
import {
  cpuPolicy,
  description,
  scheduledAction,
  stepPolicy,
  withPolicies,
} from '../../test/descriptions.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { EnvironmentInput } from '../environment.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';

const codesOf = (input: EnvironmentInput): readonly string[] => {
  try {
    resolveEnvironment(input);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ code }) => code);
    throw error;
  }
};

const steps = (...bounds: [number | null, number | null][]) => ({
  steps: bounds.map(([lowerBound, upperBound]) => ({ lowerBound, upperBound, adjustment: 1 })),
});
const below = { comparison: 'LessThanOrEqualToThreshold', threshold: 20 } as const;
const twoOfThree = <Comparison extends string>(comparison: Comparison) => ({
  comparison,
  threshold: 50,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
});

describe('environmentErrors refuses', () => {
  const refused: readonly (readonly [string, string, EnvironmentInput])[] = [
    [
      'a minimum above the maximum',
      'TL-CONFIG-CAPACITY-BOUNDS',
      description({ capacity: { min: 5, max: 3 } }),
    ],
    [
      'a desired count above the maximum',
      'TL-CONFIG-CAPACITY-BOUNDS',
      description({ capacity: { desired: 9 } }),
    ],
    [
      'memory that Fargate does not offer with the CPU',
      'TL-CONFIG-FARGATE-SIZE',
      description({ compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 1536 } }),
    ],
    [
      'memory of instances, which EC2 does not publish',
      'TL-CONFIG-INSTANCE-METRIC',
      description({
        compute: { kind: 'ec2-asg' },
        scaling: { policies: [cpuPolicy({ metric: { kind: 'memory', targetPercent: 50 } })] },
      }),
    ],
    [
      'metrics of instances every 20 s',
      'TL-CONFIG-INSTANCE-METRIC',
      description({ compute: { kind: 'ec2-asg' }, monitoring: { resolutionSeconds: 20 } }),
    ],
    [
      'an instance refresh with bounds too far apart',
      'TL-CONFIG-INSTANCE-REFRESH',
      description({
        compute: {
          kind: 'ec2-asg',
          instanceRefresh: { minimumHealthyPercent: 50, maximumHealthyPercent: 200 },
        },
      }),
    ],
    [
      'files that are deleted before they move',
      'TL-CONFIG-FILES-EXPIRY',
      description({
        sessions: { store: 'redis' },
        files: { store: 's3', coldAfterDays: 60, expireAfterDays: 60 },
      }),
    ],
    ['files without sessions', 'TL-CONFIG-FILES-SESSIONS', description({ files: { store: 's3' } })],
    [
      'a task that no instance has room for',
      'TL-CONFIG-INSTANCE-ROOM',
      description({ compute: { kind: 'ecs-ec2', instanceType: 't2.micro', memoryMiB: 1024 } }),
    ],
    [
      'a task of all the memory that its instance registers, some of which is kept from tasks',
      'TL-CONFIG-INSTANCE-ROOM',
      description({ compute: { kind: 'ecs-ec2', instanceType: 't2.small', memoryMiB: 1900 } }),
    ],
    [
      'more instances at least than at most',
      'TL-CONFIG-INSTANCE-BOUNDS',
      description({ compute: { kind: 'ecs-ec2', instances: { min: 4, max: 3 } } }),
    ],
    [
      'one direction of dynamic scaling suspended on a group',
      'TL-CONFIG-SUSPENDED-DIRECTION',
      description({
        compute: { kind: 'ec2-asg' },
        scaling: { suspendedState: { dynamicScalingInSuspended: true } },
      }),
    ],
    [
      'tasks protected from scale-in where instances run the backend themselves',
      'TL-CONFIG-TASK-PROTECTION',
      description({ compute: { kind: 'ec2-asg' }, container: { scaleInProtection: { enabled: true } } }),
    ],
    [
      'a smallest step of managed scaling above the largest',
      'TL-CONFIG-SCALING-STEP-SIZE',
      description({
        compute: { kind: 'ecs-ec2', minimumScalingStepSize: 3, maximumScalingStepSize: 2 },
      }),
    ],
    [
      'a storefront without sessions',
      'TL-CONFIG-STOREFRONT-SESSIONS',
      description({ storefront: { enabled: true } }),
    ],
    ['one zone', 'TL-CONFIG-ZONE-COUNT', description({ availabilityZones: ['a'] })],
    ['a zone named twice', 'TL-CONFIG-ZONE-DUPLICATE', description({ availabilityZones: ['a', 'b', 'a'] })],
    [
      'a balancer name of 33 characters',
      'TL-CONFIG-NAME-LENGTH',
      description({ project: 'a'.repeat(18), stage: 'b'.repeat(10) }),
    ],
    ['a balancer name that AWS reserves', 'TL-CONFIG-NAME-RESERVED', description({ project: 'internal' })],
    [
      'memory that Fargate does not offer to the load runner',
      'TL-CONFIG-FARGATE-SIZE',
      description({ loadRunner: { cpuUnits: 256, memoryMiB: 4096 } }),
    ],
    [
      'a VPC range that begins inside its block',
      'TL-CONFIG-VPC-RANGE',
      description({ network: { vpcCidr: '10.0.0.1/16' } }),
    ],
    [
      'more tasks than the private subnets have addresses for',
      'TL-CONFIG-SUBNET-ROOM',
      description({ network: { vpcCidr: '10.0.0.0/23' }, capacity: { max: 30 } }),
    ],
    [
      'HTTP on the port of HTTPS',
      'TL-CONFIG-LISTENER-PORT',
      description({
        loadBalancer: {
          listenerPort: 443,
          certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c',
          domainName: 'shop.example.com',
        },
      }),
    ],
    [
      'a certificate without the name that it carries',
      'TL-CONFIG-DOMAIN-NAME',
      description({
        loadBalancer: { certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c' },
      }),
    ],
    [
      'a domain name without a certificate',
      'TL-CONFIG-DOMAIN-NAME',
      description({ loadBalancer: { domainName: 'shop.example.com' } }),
    ],
    ...['203.0.113.7/32', '172.32.0.0/16', '10.0.0.0/8', '10.8.0/24'].map(
      (sshFromCidr) =>
        [
          `SSH from ${sshFromCidr}`,
          'TL-CONFIG-SCHEMA',
          description({ compute: { kind: 'ec2-asg', sshFromCidr } }),
        ] as const,
    ),
    [
      'a domain name with a scheme',
      'TL-CONFIG-SCHEMA',
      description({ loadBalancer: { domainName: 'https://shop.example.com' } }),
    ],
    [
      'a public collector image behind endpoints',
      'TL-CONFIG-COLLECTOR-IMAGE',
      description({ observability: { tracing: { enabled: true } } }),
    ],
    [
      'a health check timeout equal to the interval',
      'TL-CONFIG-HEALTH-CHECK-TIMEOUT',
      description({ healthCheck: { timeoutSeconds: 30, intervalSeconds: 30 } }),
    ],
    [
      'slow start with least outstanding requests',
      'TL-CONFIG-SLOW-START',
      description({ loadBalancer: { algorithm: 'least_outstanding_requests', slowStartSeconds: 30 } }),
    ],
    [
      'slow start with weighted random',
      'TL-CONFIG-SLOW-START',
      description({ loadBalancer: { algorithm: 'weighted_random', slowStartSeconds: 30 } }),
    ],
    [
      'sticky sessions with weighted random',
      'TL-CONFIG-STICKINESS',
      description({ loadBalancer: { algorithm: 'weighted_random', stickinessSeconds: 60 } }),
    ],
    [
      'anomaly mitigation with round robin',
      'TL-CONFIG-ANOMALY-MITIGATION',
      description({ loadBalancer: { anomalyMitigation: true } }),
    ],
    [
      'rebalancing without room for one more task',
      'TL-CONFIG-REBALANCING',
      description({ deployment: { minimumHealthyPercent: 50, maximumPercent: 100 } }),
    ],
    [
      'a deployment that can move nothing',
      'TL-CONFIG-DEPLOYMENT-STUCK',
      description({
        deployment: { minimumHealthyPercent: 100, maximumPercent: 100, availabilityZoneRebalancing: false },
      }),
    ],
    [
      'a fastest task start above the slowest',
      'TL-CONFIG-TASK-START-BOUNDS',
      description({ assumptions: { taskStartSeconds: { min: 30, max: 20 } } }),
    ],
    [
      'two policies of one name',
      'TL-CONFIG-POLICY-NAME-DUPLICATE',
      withPolicies(cpuPolicy(), stepPolicy({ name: 'cpu' })),
    ],
    [
      'two tracking policies on one metric',
      'TL-CONFIG-TRACKING-DUPLICATE',
      withPolicies(cpuPolicy(), cpuPolicy({ name: 'cpu-2', metric: { kind: 'cpu', targetPercent: 70 } })),
    ],
    [
      'more datapoints to alarm than periods',
      'TL-CONFIG-ALARM-WINDOW',
      withPolicies(cpuPolicy({ highAlarm: { evaluationPeriods: 2, datapointsToAlarm: 3 } })),
    ],
    ['a step without bounds', 'TL-CONFIG-STEP-UNBOUNDED', withPolicies(stepPolicy(steps([null, null])))],
    ['an empty step', 'TL-CONFIG-STEP-EMPTY', withPolicies(stepPolicy(steps([10, 10], [0, null])))],
    ['steps that overlap', 'TL-CONFIG-STEP-OVERLAP', withPolicies(stepPolicy(steps([0, 20], [10, null])))],
    [
      'two steps without upper bound',
      'TL-CONFIG-STEP-OVERLAP',
      withPolicies(stepPolicy(steps([0, null], [10, null]))),
    ],
    ['steps with a gap', 'TL-CONFIG-STEP-GAP', withPolicies(stepPolicy(steps([0, 10], [20, null])))],
    [
      'a negative lower bound that ends the steps',
      'TL-CONFIG-STEP-OPEN-END',
      withPolicies(stepPolicy(steps([-10, 0], [0, null]))),
    ],
    [
      'a positive upper bound that ends the steps',
      'TL-CONFIG-STEP-OPEN-END',
      withPolicies(stepPolicy(steps([0, 10], [10, 20]))),
    ],
    [
      'steps that begin above the threshold of a high alarm',
      'TL-CONFIG-STEP-UNMATCHED',
      withPolicies(stepPolicy(steps([5, null]))),
    ],
    [
      'steps on the other side of a low alarm',
      'TL-CONFIG-STEP-UNMATCHED',
      withPolicies(stepPolicy({ ...steps([0, null]), alarm: below })),
    ],
    [
      'an average that harmless datapoints take to where no step is',
      'TL-CONFIG-STEP-AGGREGATION',
      withPolicies(stepPolicy({ alarm: twoOfThree('GreaterThanThreshold') })),
    ],
    [
      'the smallest of datapoints of which one breaches upwards',
      'TL-CONFIG-STEP-AGGREGATION',
      withPolicies(stepPolicy({ alarm: twoOfThree('GreaterThanThreshold'), aggregation: 'Minimum' })),
    ],
    [
      'the largest of datapoints of which one breaches downwards',
      'TL-CONFIG-STEP-AGGREGATION',
      withPolicies(
        stepPolicy({ ...steps([null, 0]), alarm: twoOfThree('LessThanThreshold'), aggregation: 'Maximum' }),
      ),
    ],
    [
      'a negative exact capacity',
      'TL-CONFIG-STEP-ADJUSTMENT',
      withPolicies(
        stepPolicy({ adjustmentType: 'ExactCapacity', steps: [{ lowerBound: 0, adjustment: -1 }] }),
      ),
    ],
    [
      'a smallest move without percent',
      'TL-CONFIG-STEP-ADJUSTMENT',
      withPolicies(stepPolicy({ minAdjustmentMagnitude: 2 })),
    ],
    [
      'a schedule that cannot be read',
      'TL-CONFIG-SCHEDULE-EXPRESSION',
      withPolicies(scheduledAction({ schedule: 'cron(0 7 * * *)' })),
    ],
    [
      'a time zone that does not exist',
      'TL-CONFIG-SCHEDULE-TIME-ZONE',
      withPolicies(scheduledAction({ timeZone: 'Europe/Atlantis' })),
    ],
    [
      'a scheduled action without bounds',
      'TL-CONFIG-SCHEDULE-CAPACITY',
      withPolicies(scheduledAction({ minCapacity: null })),
    ],
    [
      'a scheduled minimum above the scheduled maximum',
      'TL-CONFIG-SCHEDULE-CAPACITY',
      withPolicies(scheduledAction({ minCapacity: 5, maxCapacity: 4 })),
    ],
    [
      'a scheduled minimum above the only maximum',
      'TL-CONFIG-SCHEDULE-CAPACITY',
      withPolicies(scheduledAction({ minCapacity: 7 })),
    ],
    [
      'a scheduled maximum below the only minimum',
      'TL-CONFIG-SCHEDULE-CAPACITY',
      withPolicies(scheduledAction({ minCapacity: null, maxCapacity: 1 })),
    ],
  ];

  test.each(refused)('%s, as %s', (_what, code, input) => {
    expect(codesOf(input)).toEqual([code]);
  });
});

describe('environmentErrors accepts', () => {
  const accepted: readonly (readonly [string, EnvironmentInput])[] = [
    ['the smallest description', description()],
    ['equal bounds', description({ capacity: { min: 3, max: 3, desired: 3 } })],
    ['a balancer name of 32 characters', description({ project: 'a'.repeat(18), stage: 'b'.repeat(9) })],
    ['steps given out of order', withPolicies(stepPolicy(steps([10, null], [0, 10])))],
    [
      'the largest of datapoints of which two breach upwards',
      withPolicies(stepPolicy({ alarm: twoOfThree('GreaterThanThreshold'), aggregation: 'Maximum' })),
    ],
    [
      'the smallest of datapoints of which two breach downwards',
      withPolicies(
        stepPolicy({ ...steps([null, 0]), alarm: twoOfThree('LessThanThreshold'), aggregation: 'Minimum' }),
      ),
    ],
    [
      'an average of any datapoints with a step for every value',
      withPolicies(stepPolicy({ ...steps([null, 0], [0, null]), alarm: twoOfThree('GreaterThanThreshold') })),
    ],
    ...['10.8.0.0/24', '172.31.0.0/16', '192.168.1.7/32'].map(
      (sshFromCidr) =>
        [`SSH from ${sshFromCidr}`, description({ compute: { kind: 'ec2-asg', sshFromCidr } })] as const,
    ),
    [
      'a public collector image where tasks have public addresses by their instances',
      description({ compute: { kind: 'ecs-ec2' }, observability: { tracing: { enabled: true } } }),
    ],
    ['steps on both sides of the threshold', withPolicies(stepPolicy(steps([null, 0], [0, null])))],
    ['a step across the threshold', withPolicies(stepPolicy(steps([null, 10], [10, null])))],
    ['a step below a low alarm', withPolicies(stepPolicy({ ...steps([null, 0]), alarm: below }))],
    ['step policies that share a metric', withPolicies(cpuPolicy(), stepPolicy())],
    [
      'a scheduled minimum within a scheduled maximum of another action',
      withPolicies(
        scheduledAction({ minCapacity: 8 }),
        scheduledAction({ name: 'sale', minCapacity: null, maxCapacity: 10 }),
      ),
    ],
    [
      'percents that stop tasks one at a time',
      description({
        deployment: { minimumHealthyPercent: 50, maximumPercent: 100, availabilityZoneRebalancing: false },
        capacity: { min: 2, desired: 2 },
      }),
    ],
  ];

  test.each(accepted)('%s', (_what, input) => {
    expect(codesOf(input)).toEqual([]);
  });

  test('and names every contradiction at once', () => {
    expect(codesOf(description({ availabilityZones: ['a'], capacity: { min: 5, max: 3 } }))).toEqual([
      'TL-CONFIG-CAPACITY-BOUNDS',
      'TL-CONFIG-ZONE-COUNT',
    ]);
  });
});
