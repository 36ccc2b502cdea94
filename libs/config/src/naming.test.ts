import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { description } from '../test/descriptions.ts';
import { ConfigurationError } from './configuration-error.ts';
import {
  type ResourceNames,
  bucketNames,
  deploymentConfiguration,
  resourceNames,
  stateKey,
  stepAlarmName,
} from './naming.ts';
import { resolveEnvironment } from './resolve/resolve-environment.ts';
import { stackIds } from './stack-ids.ts';

const accountId = '123456789012';

/** Longest names that AWS takes, by the API reference of each service. */
const limits: Readonly<
  Record<Exclude<keyof ResourceNames, 'alarms' | 'greenTargetGroup' | 'prefix' | 'scalableTarget'>, number>
> = {
  sessionStore: 40,
  stressTokenSecret: 512,
  loadBalancer: 32,
  targetGroup: 32,
  codeDeployRole: 64,
  releaseHook: 64,
  releaseHookLogGroup: 512,
  executionRole: 64,
  taskRole: 64,
  loadRunnerExecutionRole: 64,
  loadRunnerTaskRole: 64,
  deployRole: 64,
  instanceRole: 64,
  launchTemplate: 128,
  codeDeployApplication: 100,
  deploymentGroup: 100,
  httpApi: 128,
  vpcLink: 128,
  permissionsBoundary: 128,
  webAcl: 128,
  webAclLogGroup: 512,
  distributionLogs: 60,
  originSecret: 512,
  autoScalingGroup: 255,
  capacityProvider: 255,
  cluster: 255,
  service: 255,
  loadRunner: 255,
  lockTable: 255,
  dashboard: 255,
  appRepository: 256,
  loadRunnerRepository: 256,
  alarmTopic: 256,
  flowLogGroup: 512,
  flowLogRole: 64,
  logKeyAlias: 256,
  alarmKeyAlias: 256,
  sessionStoreSecret: 512,
  sessionKeysSecret: 512,
  httpApiLogGroup: 512,
  logGroup: 512,
  loadRunnerLogGroup: 512,
  collectorLogGroup: 512,
  parameterPath: 1011,
};

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/);

test('every name of an environment that is accepted is one that AWS takes', () => {
  fc.assert(
    fc.property(name, name, (project, stage) => {
      try {
        resolveEnvironment(description({ project, stage }));
      } catch (error) {
        if (error instanceof ConfigurationError) return;
        throw error;
      }
      const names = resourceNames({ project, stage });
      for (const [key, limit] of Object.entries(limits))
        expect(names[key as keyof typeof limits].length).toBeLessThanOrEqual(limit);
      for (const bucket of Object.values(bucketNames({ project, stage }, accountId)))
        expect(bucket).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
    }),
  );
});

test('two environments of one account share no name', () => {
  const names = (stage: string) => [
    ...Object.values(resourceNames({ project: 'tideline', stage })).filter(
      (each) => typeof each === 'string',
    ),
    ...Object.values(bucketNames({ project: 'tideline', stage }, accountId)),
    ...stackIds.map((stack) => stateKey({ project: 'tideline', stage }, stack)),
  ];
  const other = new Set(names('prod'));
  expect(names('dev').filter((each) => other.has(each))).toEqual([]);
});

test('a stack’s state is kept under project, stage and stack', () => {
  expect(stateKey({ project: 'tideline', stage: 'dev' }, 'network')).toBe('tideline/dev/network.tfstate');
});

test('no step policy’s alarm has the name of an alarm of the service', () => {
  const environment = { project: 'tideline', stage: 'dev' };
  const own = Object.values(resourceNames(environment).alarms);
  const { service } = resourceNames(environment);
  for (const name of own.map((alarm) => alarm.slice(service.length + 1)))
    expect(own).not.toContain(stepAlarmName(environment, { name }));
});

describe('CodeDeploy’s configuration of a shift', () => {
  const environment = { project: 'tideline', stage: 'dev' };

  test.each([
    [{ kind: 'all-at-once' }, 'CodeDeployDefault.ECSAllAtOnce'],
    [{ kind: 'canary', percent: 10, intervalMinutes: 5 }, 'CodeDeployDefault.ECSCanary10Percent5Minutes'],
    [
      { kind: 'linear', percent: 10, intervalMinutes: 3 },
      'CodeDeployDefault.ECSLinear10PercentEvery3Minutes',
    ],
  ] as const)('of %j is AWS’s own', (shift, name) => {
    expect(deploymentConfiguration(environment, shift)).toEqual({ name, owner: 'aws' });
  });

  test('of other numbers has these in its name', () => {
    const shift = { kind: 'linear', percent: 25, intervalMinutes: 2 } as const;
    expect(deploymentConfiguration(environment, shift)).toEqual({
      name: 'tideline-dev-api-linear-25-percent-2-minutes',
      owner: 'environment',
    });
  });
});
