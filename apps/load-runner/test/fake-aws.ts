import type { ScalingActivity, ScalingPolicy } from '@aws-sdk/client-application-auto-scaling';
import type { Activity, AutoScalingGroup, InstanceRefresh } from '@aws-sdk/client-auto-scaling';
import type { MetricAlarm, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Service } from '@aws-sdk/client-ecs';
import type { AwsReads } from '../src/observe/aws/reads/aws-reads.ts';

/** The service of preset `load-driven` was created then; scaling happens in the hour after. */
export const createdAt = new Date('2026-03-01T12:00:00Z');
export const at = (seconds: number): Date => new Date(createdAt.getTime() + seconds * 1000);

const resourceId = 'service/tideline-dev/tideline-dev-api';
const onTarget = {
  ServiceNamespace: 'ecs',
  ResourceId: resourceId,
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;
const highAlarmName = `TargetTracking-${resourceId}-AlarmHigh-22c1fbb2-aed5-484d-9cc2-131ed021b611`;
const lowAlarmName = `TargetTracking-${resourceId}-AlarmLow-fcd80aef-5161-4890-aeb4-35dde11ff42c`;
export const targetGroupArn =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/tideline-dev-api/6d4ea56ca2d6a18d';

/** As DescribeServices has it; only fields that matter here. */
export const service: Service = {
  serviceName: 'tideline-dev-api',
  status: 'ACTIVE',
  desiredCount: 6,
  runningCount: 4,
  pendingCount: 2,
  createdAt,
  loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 3000 }],
  deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED' }],
  events: [
    { id: '2', createdAt: at(310), message: '(service tideline-dev-api) has started 4 tasks: ...' },
    { id: '1', createdAt: at(60), message: '(service tideline-dev-api) has reached a steady state.' },
  ],
};

export const activity = (changes: Partial<ScalingActivity>): ScalingActivity => ({
  ...onTarget,
  ActivityId: 'e6c5f7d1-dbbb-4a3f-89b2-51f33e766399',
  Description: 'Setting desired count to 6.',
  Cause: `monitor alarm ${highAlarmName} in state ALARM triggered policy requests-per-target`,
  StartTime: at(300),
  StatusCode: 'Successful',
  StatusMessage: 'Successfully set desired count to 6. Change successfully fulfilled by ecs.',
  ...changes,
});

/** As AWS lists an alarm that changed nothing. */
export const notScaled = (
  code: string,
  bounds: { readonly MaxCapacity?: number; readonly MinCapacity?: number; readonly CurrentCapacity?: number },
): ScalingActivity =>
  activity({
    Description: 'Attempting to scale due to alarm triggered',
    StatusCode: 'Failed',
    NotScaledReasons: [{ Code: code, ...bounds }],
    StatusMessage: undefined,
  });

export const policy: ScalingPolicy = {
  ...onTarget,
  PolicyARN: 'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:6d8972f3:resource/ecs/x:policyName/y',
  PolicyName: 'requests-per-target',
  PolicyType: 'TargetTrackingScaling',
  CreationTime: createdAt,
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' },
  },
  Alarms: [
    {
      AlarmName: highAlarmName,
      AlarmARN: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${highAlarmName}`,
    },
    { AlarmName: lowAlarmName, AlarmARN: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${lowAlarmName}` },
  ],
};

export const highAlarm: MetricAlarm = {
  AlarmName: highAlarmName,
  Namespace: 'AWS/ApplicationELB',
  MetricName: 'RequestCountPerTarget',
  Statistic: 'Sum',
  Dimensions: [
    { Name: 'TargetGroup', Value: 'targetgroup/tideline-dev-api/6d4ea56ca2d6a18d' },
    { Name: 'LoadBalancer', Value: 'app/tideline-dev-alb/f37c06a68c1748aa' },
  ],
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
  StateValue: 'ALARM',
};
export const lowAlarm: MetricAlarm = {
  ...highAlarm,
  AlarmName: lowAlarmName,
  EvaluationPeriods: 15,
  Threshold: 45,
  ComparisonOperator: 'LessThanThreshold',
  StateValue: 'OK',
};

/** As DescribeAutoScalingGroups has it; only fields that matter here. */
export const group: AutoScalingGroup = {
  AutoScalingGroupName: 'tideline-dev-api',
  MinSize: 2,
  MaxSize: 10,
  DesiredCapacity: 4,
  DefaultCooldown: 300,
  AvailabilityZones: ['us-east-1a', 'us-east-1b'],
  HealthCheckType: 'ELB',
  CreatedTime: createdAt,
  TargetGroupARNs: [targetGroupArn],
  Instances: (['InService', 'InService', 'InService', 'Pending:Wait', 'Terminating'] as const).map(
    (LifecycleState, index) => ({
      ...{ InstanceId: `i-${index}`, AvailabilityZone: 'us-east-1a', LifecycleState },
      ...{ HealthStatus: 'Healthy', ProtectedFromScaleIn: false },
    }),
  ),
};

/** As EC2 Auto Scaling lists the launch of one instance. */
export const launch: Activity = {
  ActivityId: 'b7d3',
  AutoScalingGroupName: 'tideline-dev-api',
  Description: 'Launching a new EC2 instance: i-3',
  Cause: `At 2026-03-01T12:05:00Z a monitor alarm ${highAlarmName} in state ALARM triggered policy cpu changing the desired capacity from 2 to 4.  At 2026-03-01T12:05:08Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 2 to 4.`,
  StartTime: at(310),
  StatusCode: 'InProgress',
};

export interface FakeAccount {
  readonly groups: readonly AutoScalingGroup[];
  readonly refreshes: readonly InstanceRefresh[];
  /** Newest first, as AWS lists them. */
  readonly groupActivities: readonly Activity[];
  readonly services: readonly Service[];
  readonly targetStates: readonly ('healthy' | 'unhealthy' | 'initial' | 'draining' | 'unhealthy.draining')[];
  readonly capacity: { readonly MinCapacity: number; readonly MaxCapacity: number } | null;
  readonly policies: readonly ScalingPolicy[];
  /** Newest first, as AWS lists them. */
  readonly activities: readonly ScalingActivity[];
  readonly alarms: readonly MetricAlarm[];
  readonly metrics: readonly MetricDataResult[];
}

const account: FakeAccount = {
  groups: [group],
  refreshes: [],
  groupActivities: [launch],
  services: [service],
  targetStates: ['healthy', 'healthy', 'healthy', 'initial', 'unhealthy', 'draining', 'unhealthy.draining'],
  capacity: { MinCapacity: 2, MaxCapacity: 6 },
  policies: [policy],
  activities: [activity({})],
  alarms: [highAlarm, lowAlarm],
  metrics: [{ Id: 'm1', Label: 'RequestCountPerTarget', Timestamps: [at(240), at(300)], Values: [900, 840] }],
};

type Answers = {
  readonly [Action in keyof AwsReads]: (
    input: Parameters<AwsReads[Action]>[0],
  ) => Awaited<ReturnType<AwsReads[Action]>>;
};

/** An AWS that answers one item per page. */
export function fakeAws(
  changes: Partial<FakeAccount> = {},
  beforeAnswer: (action: keyof AwsReads) => void = () => undefined,
) {
  const holds = { ...account, ...changes };
  const asked: (readonly [action: string, input: object])[] = [];
  const answers: Answers = {
    describeServices: (input) => {
      const services = holds.services.filter(({ serviceName }) => input.services?.includes(serviceName!));
      return { services, failures: [] };
    },
    describeTargetHealth: () => {
      const TargetHealthDescriptions = holds.targetStates.map((State, index) => ({
        Target: { Id: `10.0.0.${index}`, Port: 3000 },
        TargetHealth: { State },
      }));
      return { TargetHealthDescriptions };
    },
    describeScalableTargets: () => {
      const target = { ...onTarget, RoleARN: 'arn:aws:iam::123456789012:role/x', CreationTime: createdAt };
      return {
        ScalableTargets: holds.capacity === null ? [] : [{ ...target, ...holds.capacity }],
      };
    },
    describeScalingPolicies: (input) => {
      const { items, NextToken } = page(holds.policies, input.NextToken);
      return { ScalingPolicies: items, NextToken };
    },
    describeScalingActivities: (input) => {
      const { items, NextToken } = page(holds.activities, input.NextToken);
      return { ScalingActivities: items, NextToken };
    },
    describeAutoScalingGroups: (input) => {
      const AutoScalingGroups = holds.groups.filter(({ AutoScalingGroupName }) =>
        input.AutoScalingGroupNames?.includes(AutoScalingGroupName!),
      );
      return { AutoScalingGroups };
    },
    describeInstanceRefreshes: (input) => ({
      InstanceRefreshes: holds.refreshes.slice(0, input.MaxRecords),
    }),
    describePolicies: (input) => {
      const { items, NextToken } = page(holds.policies, input.NextToken);
      const ScalingPolicies = items.map(
        ({ PolicyName, Alarms, TargetTrackingScalingPolicyConfiguration }) => ({
          ...{ PolicyName, Alarms },
          TargetTrackingConfiguration: { TargetValue: TargetTrackingScalingPolicyConfiguration?.TargetValue },
        }),
      );
      return { ScalingPolicies, NextToken };
    },
    describeGroupActivities: (input) => {
      const { items, NextToken } = page(holds.groupActivities, input.NextToken);
      return { Activities: items, NextToken };
    },
    describeAlarms: (input) => {
      const named = holds.alarms.filter(({ AlarmName }) => input.AlarmNames?.includes(AlarmName!));
      const { items, NextToken } = page(named, input.NextToken);
      return { MetricAlarms: items, NextToken };
    },
    getMetricData: (input) => {
      const { items, NextToken } = page(holds.metrics, input.NextToken);
      return { MetricDataResults: items, NextToken };
    },
  };
  const noted = Object.entries(answers).map(([action, answer]) => [
    action,
    async (input: object) => {
      asked.push([action, input]);
      beforeAnswer(action as keyof AwsReads);
      return await Promise.resolve((answer as (input: object) => object)(input));
    },
  ]);
  const reads = Object.fromEntries(noted) as AwsReads;
  const inputsOf = (action: keyof AwsReads): object[] =>
    asked.filter(([name]) => name === action).map(([, input]) => input);
  return { reads, inputsOf };
}

function page<Item>(all: readonly Item[], token: string | undefined) {
  const index = Number(token ?? 0);
  return {
    items: all.slice(index, index + 1),
    NextToken: index + 1 < all.length ? String(index + 1) : undefined,
  };
}
