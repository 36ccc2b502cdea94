import { type StepPolicy, targetValue } from '@tideline/config';
import { type Resource, type Synthesis, computeOf, first } from '../synthesise.ts';
import { type Row, appContainer, appTask } from './row.ts';

/** A step policy, and the alarm that sets it off. */
function stepInTerraform({ all }: Synthesis, { name, step_scaling_policy_configuration }: Resource) {
  const { adjustment_type, step_adjustment, cooldown } = first(step_scaling_policy_configuration);
  const alarm = all('aws_cloudwatch_metric_alarm').find(
    ({ alarm_name }) => alarm_name === `tideline-dev-api-scaling-${String(name)}`,
  );
  return [
    [alarm?.comparison_operator, alarm?.threshold, alarm?.period],
    [adjustment_type, step_adjustment, cooldown],
  ];
}

function stepInDescription(
  { alarm, adjustmentType, cooldownSeconds, steps }: StepPolicy,
  periodSeconds: number,
) {
  const bound = (name: string, value: number | null) => (value === null ? {} : { [name]: String(value) });
  return [
    [alarm.comparison, alarm.threshold, periodSeconds],
    [
      adjustmentType,
      steps.map(({ lowerBound, upperBound, adjustment }) => ({
        scaling_adjustment: adjustment,
        ...bound('metric_interval_lower_bound', lowerBound),
        ...bound('metric_interval_upper_bound', upperBound),
      })),
      cooldownSeconds,
    ],
  ];
}

/** By name: Terraform’s order is that of resource names, the description’s its own. */
const policies: Row = [
  'scaling.policies, with targets, steps, cooldowns and alarms',
  (synthesis) =>
    Object.fromEntries(
      synthesis.all('aws_appautoscaling_policy').map((policy): [string, unknown] => {
        const tracking = first(policy.target_tracking_scaling_policy_configuration ?? {});
        return [
          String(policy.name),
          policy.policy_type === 'StepScaling'
            ? stepInTerraform(synthesis, policy)
            : [tracking.target_value, tracking.scale_out_cooldown, tracking.scale_in_cooldown],
        ];
      }),
    ),
  ({ environment: { scaling, monitoring } }) =>
    Object.fromEntries(
      scaling.policies.flatMap((policy): (readonly [string, unknown])[] => {
        switch (policy.type) {
          case 'target-tracking': {
            const { name, metric, scaleOutCooldownSeconds, scaleInCooldownSeconds } = policy;
            return [[name, [targetValue(metric), scaleOutCooldownSeconds, scaleInCooldownSeconds]]];
          }
          case 'step':
            return [[policy.name, stepInDescription(policy, monitoring.resolutionSeconds)]];
          // Services have no predictive policy (TL-DEPLOY-PREDICTIVE).
          case 'scheduled':
          case 'predictive':
            return [];
        }
      }),
    ),
];

/** Of every ECS service. */
const serviceRows: readonly Row[] = [
  [
    'capacity',
    ({ only }) => {
      const { min_capacity, max_capacity } = only('aws_appautoscaling_target');
      return { min: min_capacity, max: max_capacity, desired: only('aws_ecs_service').desired_count };
    },
    ({ environment }) => environment.capacity,
  ],
  [
    'container.port, of the service',
    ({ only }) => first(only('aws_ecs_service').load_balancer).container_port,
    ({ environment }) => environment.container.port,
  ],
  [
    'container.stopTimeoutSeconds',
    (synthesis) => appContainer(synthesis).stopTimeout,
    ({ environment }) => environment.container.stopTimeoutSeconds,
  ],
  [
    'healthCheck.gracePeriodSeconds',
    ({ only }) => only('aws_ecs_service').health_check_grace_period_seconds,
    ({ environment }) => environment.healthCheck.gracePeriodSeconds,
  ],
  policies,
  [
    'scaling.suspendedState',
    ({ only }) => only('aws_appautoscaling_target').suspended_state,
    ({ environment: { scaling } }) => ({
      dynamic_scaling_in_suspended: scaling.suspendedState.dynamicScalingInSuspended,
      dynamic_scaling_out_suspended: scaling.suspendedState.dynamicScalingOutSuspended,
      scheduled_scaling_suspended: scaling.suspendedState.scheduledScalingSuspended,
    }),
  ],
];

/** Of Fargate tasks. */
export const fargateRows: readonly Row[] = [
  ...serviceRows,
  [
    'compute',
    (synthesis) => {
      const { cpu, memory, runtime_platform } = appTask(synthesis);
      return [cpu, memory, first(runtime_platform).cpu_architecture];
    },
    (synthesis) => {
      const { cpuUnits, memoryMiB, architecture } = computeOf(synthesis, 'fargate');
      return [String(cpuUnits), String(memoryMiB), architecture];
    },
  ],
];

/** Of tasks on container instances. */
export const ecsEc2Rows: readonly Row[] = [
  ...serviceRows,
  [
    'compute.instances',
    ({ only }) => {
      const { min_size, max_size } = only('aws_autoscaling_group');
      return { min: min_size, max: max_size };
    },
    (synthesis) => computeOf(synthesis, 'ecs-ec2').instances,
  ],
  [
    'compute.instanceType and compute.rootVolumeGiB',
    ({ only }) => {
      const { instance_type, block_device_mappings } = only('aws_launch_template');
      return [instance_type, (first(block_device_mappings).ebs as Resource).volume_size];
    },
    (synthesis) => {
      const { instanceType, rootVolumeGiB } = computeOf(synthesis, 'ecs-ec2');
      return [instanceType, rootVolumeGiB];
    },
  ],
  [
    'compute.cpuUnits and compute.memoryMiB',
    (synthesis) => [appContainer(synthesis).cpu, appContainer(synthesis).memory],
    (synthesis) => {
      const { cpuUnits, memoryMiB } = computeOf(synthesis, 'ecs-ec2');
      return [cpuUnits, memoryMiB];
    },
  ],
  [
    'compute, of managed scaling',
    ({ only }) => {
      const provider = first(only('aws_ecs_capacity_provider').auto_scaling_group_provider);
      const managed = first(provider.managed_scaling);
      return [
        managed.target_capacity,
        managed.instance_warmup_period,
        managed.minimum_scaling_step_size,
        managed.maximum_scaling_step_size,
      ];
    },
    (synthesis) => {
      const compute = computeOf(synthesis, 'ecs-ec2');
      return [
        compute.targetCapacityPercent,
        compute.instanceWarmupSeconds,
        compute.minimumScalingStepSize,
        compute.maximumScalingStepSize,
      ];
    },
  ],
  [
    'compute.taskPerInstance',
    ({ only }) => only('aws_ecs_service').placement_constraints ?? [],
    (synthesis) => (computeOf(synthesis, 'ecs-ec2').taskPerInstance ? [{ type: 'distinctInstance' }] : []),
  ],
  [
    'compute.reservedMemoryMiB',
    ({ stacks }) => /ECS_RESERVED_MEMORY=(\d+)/.exec(JSON.stringify(stacks.service))?.[1],
    (synthesis) => String(computeOf(synthesis, 'ecs-ec2').reservedMemoryMiB),
  ],
  [
    'container.port, of the container, on a port that Docker chooses',
    (synthesis) => first(appContainer(synthesis).portMappings),
    ({ environment }) => ({ containerPort: environment.container.port, hostPort: 0, protocol: 'tcp' }),
  ],
];
