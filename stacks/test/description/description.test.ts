import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ComputeKindName,
  type Environment,
  type EnvironmentInput,
  codeDeployRelease,
  computeFacts,
  httpApi,
  presetInput,
  presetNames,
} from '@tideline/config';
import { type Synthesis, environmentOf, synthesise } from '../synthesise.ts';
import { everyRow } from './every-environment.ts';
import { ec2AsgRows } from './group-rows.ts';
import {
  codeDeployRows,
  fileRows,
  httpApiRows,
  rollingRows,
  sessionRows,
  storefrontRows,
} from './option-rows.ts';
import type { Row } from './row.ts';
import { ecsEc2Rows, fargateRows } from './service-rows.ts';

const ofCompute: Readonly<Record<ComputeKindName, readonly Row[]>> = {
  fargate: fargateRows,
  'ecs-ec2': ecsEc2Rows,
  'ec2-asg': ec2AsgRows,
};

const options: readonly (readonly [rows: readonly Row[], isOf: (environment: Environment) => boolean])[] = [
  [sessionRows, ({ sessions }) => sessions.store === 'redis'],
  [fileRows, ({ files }) => files.store === 's3'],
  [storefrontRows, ({ storefront }) => storefront.enabled],
  [httpApiRows, (environment) => httpApi(environment) !== null],
  [codeDeployRows, (environment) => codeDeployRelease(environment) !== null],
  [
    rollingRows,
    (environment) => computeFacts(environment).fleet === 'service' && codeDeployRelease(environment) === null,
  ],
];

const rowsOf = (environment: Environment): readonly Row[] => [
  ...everyRow,
  ...ofCompute[environment.compute.kind],
  ...options.flatMap(([rows, isOf]) => (isOf(environment) ? rows : [])),
];

const healthCheck: EnvironmentInput['healthCheck'] = {
  path: '/ready',
  intervalSeconds: 20,
  timeoutSeconds: 4,
  healthyThreshold: 3,
  unhealthyThreshold: 4,
  gracePeriodSeconds: 75,
};
const loadBalancer: EnvironmentInput['loadBalancer'] = {
  idleTimeoutSeconds: 90,
  clientKeepAliveSeconds: 1800,
  desyncMitigationMode: 'strictest',
  dropInvalidHeaderFields: false,
  preserveHostHeader: true,
  xForwardedForProcessing: 'preserve',
  deregistrationDelaySeconds: 20,
  stickinessSeconds: 600,
  slowStartSeconds: 60,
};
const busy: EnvironmentInput['scaling'] = {
  policies: [{ type: 'target-tracking', name: 'busy', metric: { kind: 'cpu', targetPercent: 35 } }],
};

/** For each preset with rows of its own, a description whose numbers are all others. */
const others: readonly (readonly [preset: string, over: Partial<EnvironmentInput>])[] = [
  [
    'load-driven',
    {
      region: 'eu-west-1',
      availabilityZones: ['a', 'b', 'c'],
      network: { vpcCidr: '10.20.0.0/18' },
      compute: { kind: 'fargate', cpuUnits: 512, memoryMiB: 2048, architecture: 'ARM64' },
      container: { port: 8080, basePath: '/dev', stopTimeoutSeconds: 45 },
      capacity: { min: 3, max: 9, desired: 5 },
      loadBalancer: {
        ...loadBalancer,
        listenerPort: 8000,
        deregistrationDelaySeconds: 15,
        stickinessSeconds: 40,
      },
      healthCheck,
      deployment: {
        minimumHealthyPercent: 50,
        maximumPercent: 150,
        circuitBreaker: { enabled: true, rollback: false },
        availabilityZoneRebalancing: false,
      },
      observability: {
        logRetentionDays: 7,
        alarms: {
          unhealthyHostMinutes: 3,
          serverErrorPercent: 5,
          serverErrorMinutes: 4,
          cpuPercent: 70,
          cpuMinutes: 6,
          maximumCapacityMinutes: 8,
        },
      },
      loadRunner: { cpuUnits: 2048, memoryMiB: 4096 },
    },
  ],
  [
    'flash-sale',
    {
      compute: {
        kind: 'ecs-ec2',
        cpuUnits: 512,
        memoryMiB: 700,
        instanceType: 't4g.medium',
        instances: { min: 0, max: 9 },
        targetCapacityPercent: 80,
        instanceWarmupSeconds: 120,
        taskPerInstance: false,
        reservedMemoryMiB: 256,
        rootVolumeGiB: 40,
      },
      container: { port: 3001, basePath: '/dev', stopTimeoutSeconds: 45 },
      capacity: { min: 2, max: 8, desired: 3 },
      loadBalancer,
      healthCheck,
      deployment: { minimumHealthyPercent: 50, maximumPercent: 150, circuitBreaker: { rollback: false } },
      sessions: { store: 'redis', nodeType: 'cache.t4g.small', replicas: 0 },
      storefront: { enabled: true, headline: 'Last call', stock: 7, priceCents: 1, saleSeconds: 600 },
      observability: { alarms: { unhealthyHostMinutes: 3, cpuPercent: 70, cpuMinutes: 6 } },
      scaling: busy,
    },
  ],
  [
    'stateless-asg',
    {
      compute: {
        kind: 'ec2-asg',
        instanceType: 't4g.small',
        hostPort: 8080,
        rootVolumeGiB: 20,
        warmupSeconds: 120,
        warmPool: {
          poolState: 'Hibernated',
          minSize: 1,
          maxGroupPreparedCapacity: 5,
          instanceReusePolicy: { reuseOnScaleIn: true },
        },
        sshFromCidr: '10.8.0.0/24',
        keyName: 'operators',
      },
      container: { port: 3001, basePath: '/dev', stopTimeoutSeconds: 45 },
      capacity: { min: 1, max: 4, desired: 3 },
      loadBalancer,
      healthCheck,
      sessions: {
        store: 'redis',
        engine: 'valkey',
        nodeType: 'cache.t4g.small',
        replicas: 0,
        idleSeconds: 600,
        snapshotRetentionDays: 3,
        snapshotWindow: '02:00-04:30',
      },
      files: {
        store: 's3',
        maximumFileMiB: 5,
        coldAfterDays: 90,
        coldStorageClass: 'GLACIER_IR',
        expireAfterDays: 180,
      },
      protection: { files: false },
      observability: { alarms: { unhealthyHostMinutes: 3, cpuPercent: 70, cpuMinutes: 6 } },
      scaling: busy,
    },
  ],
  [
    'blue-green',
    {
      ingress: {
        kind: 'api-gateway',
        stage: 'live',
        throttling: { burstLimit: 70, rateLimitPerSecond: 40 },
        timeoutSeconds: 12,
      },
      container: { ...presetInput('blue-green').container, port: 8080, basePath: '/live/v1' },
      loadBalancer: {
        listenerPort: 8000,
        deregistrationDelaySeconds: 15,
        algorithm: 'weighted_random',
        anomalyMitigation: true,
      },
      healthCheck: { intervalSeconds: 20, timeoutSeconds: 4, unhealthyThreshold: 4, gracePeriodSeconds: 75 },
      capacity: { min: 2, max: 9, desired: 3 },
      release: {
        kind: 'blue-green',
        testListenerPort: 9001,
        terminationWaitMinutes: 17,
        rollbackOnAlarm: { errorRatePercent: 2, p99Milliseconds: 750, evaluationPeriods: 3 },
      },
    },
  ],
];

describe.each([
  ...presetNames.map((preset) => ['preset', preset, {}] as const),
  ...others.map(([preset, over]) => ['other numbers over', preset, over] as const),
])('%s %s', (_which, preset, over) => {
  let synthesis: Synthesis;
  beforeAll(() => {
    synthesis = synthesise(preset, over);
  });

  test.each(rowsOf(environmentOf(preset, over)))(
    'has %s of its description in Terraform',
    (_name, inTerraform, inDescription) => {
      const described = inDescription(synthesis);
      expect(described).toBeDefined();
      expect(inTerraform(synthesis)).toEqual(described);
    },
  );
});

test('every row is of some preset, and is held against other numbers too', () => {
  const rows = (environments: readonly Environment[]) => new Set(environments.flatMap(rowsOf));
  const every = new Set([everyRow, ...Object.values(ofCompute), ...options.map(([some]) => some)].flat());
  expect(rows(presetNames.map((preset) => environmentOf(preset)))).toEqual(every);
  expect(rows(others.map(([preset, over]) => environmentOf(preset, over)))).toEqual(every);
});
