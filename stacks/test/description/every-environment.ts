import {
  type ComputeKindName,
  type Environment,
  capacityFacts,
  codeDeployRelease,
  resourceNames,
  testTraffic,
} from '@tideline/config';
import { type Resource, type Synthesis, computeOf, first, stickinessSeconds } from '../synthesise.ts';
import { type Row, taskOf } from './row.ts';

/** Of every target group: blue/green releases have two. */
const targetGroups =
  (pick: (group: Resource) => unknown): Row[1] =>
  ({ all }) =>
    all('aws_lb_target_group').map(pick);
const forTargetGroups =
  (pick: (environment: Environment) => unknown): Row[2] =>
  ({ environment }) =>
    Array.from({ length: codeDeployRelease(environment) === null ? 1 : 2 }, () => pick(environment));

/** What a target group registers, and on which port. */
const targets: Readonly<Record<ComputeKindName, (synthesis: Synthesis) => readonly unknown[]>> = {
  fargate: ({ environment }) => ['ip', environment.container.port],
  'ecs-ec2': ({ environment }) => ['instance', environment.container.port],
  'ec2-asg': (synthesis) => ['instance', computeOf(synthesis, 'ec2-asg').hostPort],
};

/** Namespaces of the alarms on CPU and on the maximum. */
const namespaces: Readonly<Record<ComputeKindName, readonly [cpu: string, maximum: string]>> = {
  fargate: ['AWS/ECS', 'ECS/ContainerInsights'],
  'ecs-ec2': ['AWS/ECS', 'ECS/ContainerInsights'],
  'ec2-asg': ['AWS/EC2', 'AWS/AutoScaling'],
};

function alarmsInDescription({ environment }: Synthesis) {
  const { alarms } = environment.observability;
  const names = resourceNames(environment).alarms;
  const [cpu, maximum] = namespaces[environment.compute.kind];
  const oneGroup = codeDeployRelease(environment) === null ? 'AWS/ApplicationELB' : undefined;
  return {
    [names.unhealthyHosts]: [0, alarms.unhealthyHostMinutes, oneGroup],
    [names.serverErrors]: [alarms.serverErrorPercent, alarms.serverErrorMinutes, undefined],
    [names.cpu]: [alarms.cpuPercent, alarms.cpuMinutes, cpu],
    [names.maximumCapacity]: [environment.capacity.max, alarms.maximumCapacityMinutes, maximum],
    ...(capacityFacts(environment).containerInstances === null
      ? {}
      : { [names.instanceCapacity]: [100, alarms.maximumCapacityMinutes, 'AWS/ECS/ManagedScaling'] }),
    ...(testTraffic(environment) === null ? {} : { [names.releaseHook]: [0, 1, 'AWS/Lambda'] }),
    ...sessionAlarmsInDescription(environment),
  };
}

/** Of the session store; several nodes are watched by metric math, which has no namespace. */
function sessionAlarmsInDescription({ project, stage, sessions }: Synthesis['environment']) {
  const { alarms, replicas, store } = sessions;
  if (store === 'none') return {};
  const names = resourceNames({ project, stage }).alarms;
  const namespace = replicas === 0 ? 'AWS/ElastiCache' : undefined;
  const of = (threshold: number) => [threshold, alarms.minutes, namespace];
  return {
    [`${names.sessions}-memory`]: of(alarms.memoryPercent),
    [`${names.sessions}-cpu`]: of(alarms.engineCpuPercent),
    [`${names.sessions}-connections`]: of(alarms.connections),
    [`${names.sessions}-evictions`]: of(alarms.evictionsPerMinute),
    ...(replicas === 0 ? {} : { [`${names.sessions}-replication-lag`]: of(alarms.replicationLagSeconds) }),
  };
}

/** Of every environment. */
export const everyRow: readonly Row[] = [
  [
    'the port and type of every target group',
    targetGroups(({ target_type, port }) => [target_type, port]),
    (synthesis) => forTargetGroups(({ compute }) => targets[compute.kind](synthesis))(synthesis),
  ],
  [
    'loadBalancer, of every target group',
    targetGroups((group) => [
      group.load_balancing_algorithm_type,
      group.load_balancing_anomaly_mitigation ?? 'off',
      group.deregistration_delay,
      group.slow_start,
      stickinessSeconds(group),
      group.load_balancing_cross_zone_enabled,
    ]),
    forTargetGroups(({ loadBalancer }) => [
      loadBalancer.algorithm,
      loadBalancer.anomalyMitigation ? 'on' : 'off',
      String(loadBalancer.deregistrationDelaySeconds),
      loadBalancer.slowStartSeconds,
      loadBalancer.stickinessSeconds,
      'true',
    ]),
  ],
  [
    'healthCheck, of every target group',
    targetGroups(({ health_check }) => {
      const check = first(health_check);
      return [
        check.port,
        check.path,
        check.interval,
        check.timeout,
        check.healthy_threshold,
        check.unhealthy_threshold,
      ];
    }),
    forTargetGroups(({ container, healthCheck }) => [
      'traffic-port',
      `${container.basePath}${healthCheck.path}`,
      healthCheck.intervalSeconds,
      healthCheck.timeoutSeconds,
      healthCheck.healthyThreshold,
      healthCheck.unhealthyThreshold,
    ]),
  ],
  [
    'loadBalancer.listenerPort and release.testListenerPort',
    ({ all }) => all('aws_lb_listener').map(({ port }) => port),
    ({ environment }) => {
      const release = codeDeployRelease(environment);
      return [environment.loadBalancer.listenerPort, ...(release === null ? [] : [release.testListenerPort])];
    },
  ],
  [
    'loadBalancer, of the balancer',
    ({ only }) => {
      const balancer = only('aws_lb');
      return [
        balancer.idle_timeout,
        balancer.client_keep_alive,
        balancer.desync_mitigation_mode,
        balancer.drop_invalid_header_fields,
        balancer.preserve_host_header,
        balancer.xff_header_processing_mode,
      ];
    },
    ({ environment: { loadBalancer } }) => [
      loadBalancer.idleTimeoutSeconds,
      loadBalancer.clientKeepAliveSeconds,
      loadBalancer.desyncMitigationMode,
      loadBalancer.dropInvalidHeaderFields,
      loadBalancer.preserveHostHeader,
      loadBalancer.xForwardedForProcessing,
    ],
  ],
  [
    'availabilityZones',
    ({ all }) => [...new Set(all('aws_subnet').map(({ availability_zone }) => availability_zone))],
    ({ environment }) => environment.availabilityZones.map((letter) => `${environment.region}${letter}`),
  ],
  [
    'network.vpcCidr',
    ({ only }) => only('aws_vpc').cidr_block,
    ({ environment }) => environment.network.vpcCidr,
  ],
  [
    'region',
    ({ stacks }) => first(stacks.service.provider.aws).region,
    ({ environment }) => environment.region,
  ],
  [
    'observability.logRetentionDays',
    ({ all }) => [
      ...new Set(all('aws_cloudwatch_log_group').map(({ retention_in_days }) => retention_in_days)),
    ],
    ({ environment }) => [environment.observability.logRetentionDays],
  ],
  [
    'observability.alarms',
    ({ stacks }) =>
      Object.fromEntries(
        Object.values(stacks.observability.resource.aws_cloudwatch_metric_alarm ?? {}).map(
          ({ alarm_name, threshold, evaluation_periods, namespace }): [string, unknown] => [
            String(alarm_name),
            [threshold, evaluation_periods, namespace],
          ],
        ),
      ),
    alarmsInDescription,
  ],
  [
    'loadRunner',
    (synthesis) => {
      const { cpu, memory } = taskOf(synthesis, resourceNames(synthesis.environment).loadRunner);
      return [cpu, memory];
    },
    ({ environment: { loadRunner } }) => [String(loadRunner.cpuUnits), String(loadRunner.memoryMiB)],
  ],
];
