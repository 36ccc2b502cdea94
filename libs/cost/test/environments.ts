import { type EnvironmentInput, presetInput, presetNames, resolveEnvironment } from '@tideline/config';

/** A preset with fields laid over it. */
export const preset = (name: string, over: Partial<EnvironmentInput> = {}) =>
  resolveEnvironment({ ...presetInput(name), ...over });

/** Every preset, and environments that turn everything on that can be. */
export const everyEnvironment = () => [
  ...presetNames.map((name) => preset(name)),
  preset('load-driven', {
    network: { egress: 'nat', flowLogs: { enabled: true, traffic: 'ALL' } },
    state: { lock: 'both' },
    waf: { enabled: true, log: 'all' },
    accessLogs: { enabled: true },
    sessions: { store: 'redis', engine: 'valkey', replicas: 2, snapshotRetentionDays: 7 },
    files: { store: 's3', coldStorageClass: 'GLACIER_IR', expireAfterDays: null },
    monitoring: { resolutionSeconds: 20 },
    observability: {
      customerManagedKeys: true,
      alarmEmail: 'a@example.com',
      tracing: { enabled: true, collectorImage: 'x:1' },
    },
    compute: { kind: 'fargate', architecture: 'ARM64' },
  }),
  preset('stateless-asg', {
    compute: { kind: 'ec2-asg', instanceType: 't2.small' },
    state: { lock: 's3' },
    sessions: { store: 'none' },
    files: { store: 'none' },
    cdn: { enabled: true },
    network: { flowLogs: { enabled: true } },
    loadRunner: { containerInsights: true },
    accessLogs: { enabled: true },
  }),
  preset('stateless-asg', { compute: { kind: 'ec2-asg', warmPool: { poolState: 'Running' } } }),
  preset('flash-sale', {
    compute: { kind: 'ecs-ec2', instanceType: 't4g.small', instances: { min: 0, max: 9 } },
    network: { egress: 'nat' },
    sessions: { store: 'none' },
    storefront: { enabled: false },
  }),
];
