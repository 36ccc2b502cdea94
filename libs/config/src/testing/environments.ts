import {
  type Compute,
  type ComputeKindName,
  type Environment,
  type EnvironmentInput,
  type Ingress,
  type ReleaseSettings,
  resolveEnvironment,
} from '../index.ts';

type ComputeInput<Kind extends ComputeKindName> = Omit<
  Extract<EnvironmentInput['compute'], { readonly kind: Kind }>,
  'kind'
>;

/** Fields laid over an environment of one compute kind. */
type Over<Kind extends ComputeKindName> = Partial<Omit<EnvironmentInput, 'compute'>> & {
  readonly compute?: ComputeInput<Kind>;
};

type EnvironmentOn<Kind extends ComputeKindName> = Environment & { readonly compute: Compute<Kind> };

/** The smallest environment of a compute kind that resolves, with fields laid over it. */
export const environmentOn = <Kind extends ComputeKindName>(
  kind: Kind,
  { compute, ...over }: Over<Kind> = {},
): EnvironmentOn<Kind> =>
  resolveEnvironment({
    preset: 'test',
    ...over,
    compute: { ...compute, kind },
  }) as EnvironmentOn<Kind>;

/** A Fargate service of 2 to 6 tasks that follows requests per target and CPU. */
export const serviceEnvironment = (over: Over<'fargate'> = {}) =>
  environmentOn('fargate', {
    capacity: { min: 2, max: 6, desired: 2 },
    healthCheck: { healthyThreshold: 2 },
    loadBalancer: { deregistrationDelaySeconds: 30 },
    scaling: {
      policies: [
        {
          type: 'target-tracking',
          name: 'requests-per-target',
          metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 },
          scaleInCooldownSeconds: 120,
        },
        {
          type: 'target-tracking',
          name: 'cpu',
          metric: { kind: 'cpu', targetPercent: 50 },
          scaleInCooldownSeconds: 120,
        },
      ],
    },
    ...over,
  });

/** An Auto Scaling group of 2 to 10 instances that follows CPU and keeps sessions and files outside. */
export const groupEnvironment = (over: Over<'ec2-asg'> = {}) =>
  environmentOn('ec2-asg', {
    container: { cpuMillisecondsPerRequest: 20 },
    capacity: { min: 2, max: 10, desired: 2 },
    healthCheck: { healthyThreshold: 2, unhealthyThreshold: 3, gracePeriodSeconds: 300 },
    sessions: { store: 'redis' },
    files: { store: 's3' },
    scaling: {
      policies: [{ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 50 } }],
    },
    ...over,
  });

/** A service of 1 to 3 tasks, each on a container instance of its own, that follows CPU. */
export const containerInstanceEnvironment = (over: Over<'ecs-ec2'> = {}) =>
  environmentOn('ecs-ec2', {
    capacity: { min: 1, max: 3, desired: 1 },
    loadBalancer: { deregistrationDelaySeconds: 30 },
    scaling: {
      policies: [
        {
          type: 'target-tracking',
          name: 'cpu',
          metric: { kind: 'cpu', targetPercent: 50 },
          scaleOutCooldownSeconds: 30,
          scaleInCooldownSeconds: 30,
        },
      ],
    },
    ...over,
    compute: { taskPerInstance: true, ...over.compute },
  });

/** A Fargate service behind an HTTP API, which CodeDeploy releases as a canary of 5 minutes. */
export const blueGreenEnvironment = (over: Over<'fargate'> = {}) =>
  environmentOn('fargate', {
    ingress: { kind: 'api-gateway', stage: 'dev' },
    container: { basePath: '/dev' },
    release: { kind: 'blue-green', shift: { kind: 'canary' }, healthyWithinMinutes: 15 },
    ...over,
  }) as EnvironmentOn<'fargate'> & {
    readonly ingress: Ingress<'api-gateway'>;
    readonly release: ReleaseSettings<'blue-green'>;
  };
