import { instanceTypes, launchHookSeconds, targetValue } from '@tideline/config';
import { type Resource, type Synthesis, computeOf, first } from '../synthesise.ts';
import type { Row } from './row.ts';

const balancerRules = ({ all }: Synthesis) =>
  all('aws_vpc_security_group_ingress_rule').filter(({ description }) => description === 'From the balancer');

/** Of instances of an Auto Scaling group. */
export const ec2AsgRows: readonly Row[] = [
  [
    'capacity',
    ({ only }) => {
      const { min_size, max_size, desired_capacity } = only('aws_autoscaling_group');
      return { min: min_size, max: max_size, desired: desired_capacity };
    },
    ({ environment }) => environment.capacity,
  ],
  [
    'compute, of the launch template, with an encrypted disk',
    ({ only }) => {
      const { instance_type, key_name, block_device_mappings } = only('aws_launch_template');
      const { volume_size, encrypted } = first(block_device_mappings).ebs as Resource;
      return [instance_type, key_name ?? null, volume_size, encrypted];
    },
    (synthesis) => {
      const { instanceType, keyName, rootVolumeGiB } = computeOf(synthesis, 'ec2-asg');
      return [instanceType, keyName, rootVolumeGiB, 'true'];
    },
  ],
  [
    'compute.warmupSeconds',
    ({ only }) => only('aws_autoscaling_group').default_instance_warmup,
    (synthesis) => computeOf(synthesis, 'ec2-asg').warmupSeconds,
  ],
  [
    'compute.protectFromScaleIn',
    ({ only }) => only('aws_autoscaling_group').protect_from_scale_in,
    (synthesis) => computeOf(synthesis, 'ec2-asg').protectFromScaleIn,
  ],
  [
    'compute.warmPool, beside its group, with the hook that its instances wait for',
    ({ only, all }) => {
      const { warm_pool, force_delete_warm_pool, initial_lifecycle_hook } = only('aws_autoscaling_group');
      if (warm_pool === undefined) return [null, all('aws_autoscaling_lifecycle_hook')];
      const { pool_state, min_size, max_group_prepared_capacity, instance_reuse_policy } = first(warm_pool);
      const [hook] = all('aws_autoscaling_lifecycle_hook');
      const { heartbeat_timeout, lifecycle_transition, default_result, name } = hook ?? {};
      return [
        {
          poolState: pool_state,
          minSize: min_size,
          maxGroupPreparedCapacity: max_group_prepared_capacity ?? null,
          instanceReusePolicy: {
            reuseOnScaleIn: first(instance_reuse_policy).reuse_on_scale_in,
          },
        },
        [{ heartbeat_timeout, lifecycle_transition, default_result, name }],
        initial_lifecycle_hook,
        force_delete_warm_pool,
      ];
    },
    (synthesis) => {
      const { warmPool } = computeOf(synthesis, 'ec2-asg');
      if (warmPool === null) return [null, []];
      const hook = {
        heartbeat_timeout: launchHookSeconds(synthesis.environment),
        lifecycle_transition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        default_result: 'ABANDON',
        name: 'application-answers',
      };
      return [warmPool, [hook], [hook], true];
    },
  ],
  [
    'compute.hostPort, to the instances alone',
    (synthesis) =>
      balancerRules(synthesis).map(({ from_port, to_port, security_group_id }) => [
        from_port,
        to_port,
        String(security_group_id).includes('groups_tasks'),
      ]),
    (synthesis) => {
      const { hostPort } = computeOf(synthesis, 'ec2-asg');
      return [[hostPort, hostPort, true]];
    },
  ],
  [
    'compute.sshFromCidr',
    ({ all }) =>
      all('aws_vpc_security_group_ingress_rule')
        .filter(({ from_port }) => from_port === 22)
        .map(({ cidr_ipv4 }) => cidr_ipv4),
    (synthesis) => [computeOf(synthesis, 'ec2-asg').sshFromCidr].filter((range) => range !== null),
  ],
  [
    'healthCheck, of the group',
    ({ only }) => {
      const { health_check_grace_period, health_check_type } = only('aws_autoscaling_group');
      return [health_check_grace_period, health_check_type];
    },
    ({ environment }) => [environment.healthCheck.gracePeriodSeconds, 'ELB'],
  ],
  ['the variables that the backend reads when it starts', variablesInTerraform, variablesInDescription],
  [
    'scaling.policies',
    ({ all }) =>
      all('aws_autoscaling_policy').map(({ name, target_tracking_configuration }) => [
        name,
        first(target_tracking_configuration).target_value,
      ]),
    ({ environment: { scaling } }) =>
      scaling.policies.flatMap((policy) =>
        policy.type === 'target-tracking' ? [[policy.name, targetValue(policy.metric)]] : [],
      ),
  ],
];

function variablesInTerraform({ only }: Synthesis) {
  return String(only('aws_ssm_parameter').insecure_value)
    .replace(/\$\{.*_endpoint_address\}/, 'primary')
    .replace(/\$\{.*bucket\}/, 'uploads')
    .split('\n')
    .sort();
}

function variablesInDescription(synthesis: Synthesis) {
  const { container, loadBalancer, sessions, files } = synthesis.environment;
  return [
    `PORT=${container.port}`,
    `BASE_PATH=${container.basePath}`,
    `TASK_CPU_UNITS=${instanceTypes[computeOf(synthesis, 'ec2-asg').instanceType].vcpus * 1024}`,
    `CPU_MILLISECONDS_PER_REQUEST=${container.cpuMillisecondsPerRequest}`,
    'STRESS_ENABLED=false',
    `IDLE_TIMEOUT_SECONDS=${loadBalancer.idleTimeoutSeconds}`,
    `STOP_TIMEOUT_SECONDS=${container.stopTimeoutSeconds}`,
    'SESSION_STORE=redis',
    'REDIS_URL=rediss://primary:6379',
    `SESSION_IDLE_SECONDS=${sessions.idleSeconds}`,
    'FILE_STORE=s3',
    'FILES_BUCKET=uploads',
    `MAX_FILE_BYTES=${files.maximumFileMiB * 1_048_576}`,
  ].sort();
}
