import { describe, expect, test } from '@jest/globals';
import { cpuPolicy, description, stepPolicy, withPolicies } from '../../test/descriptions.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { EnvironmentInput } from '../environment.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { testTraffic } from './test-traffic.ts';

const codesOf = (input: EnvironmentInput): readonly string[] => {
  try {
    resolveEnvironment(input);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ code }) => code);
    throw error;
  }
};

const release = { kind: 'blue-green' } as const;
const counting = (acrossTargetGroups: boolean) =>
  cpuPolicy({
    metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600, acrossTargetGroups },
  });

describe('a blue/green release', () => {
  test('moves all traffic at once, bakes for 5 minutes and waits 60 for health unless told otherwise', () => {
    expect(resolveEnvironment(description({ release })).release).toEqual({
      kind: 'blue-green',
      shift: { kind: 'all-at-once' },
      testListenerPort: 8080,
      testTraffic: { enabled: true, paths: [], requests: 10, responseWithinMilliseconds: 5000 },
      healthyWithinMinutes: 60,
      terminationWaitMinutes: 5,
      rollbackOnAlarm: { errorRatePercent: 5, p99Milliseconds: 2000, evaluationPeriods: 1 },
    });
  });

  test.each(['ec2-asg', 'ecs-ec2'] as const)('of compute kind %s is refused', (kind) => {
    expect(codesOf(description({ release, compute: { kind } }))).toEqual(['TL-CONFIG-RELEASE-COMPUTE']);
  });

  test('with a policy on the requests of one target group is refused, whatever the type of the policy', () => {
    expect(codesOf({ ...withPolicies(counting(false)), release })).toEqual(['TL-CONFIG-RELEASE-REQUESTS']);
    const step = stepPolicy({ metric: { kind: 'requests-per-target' } });
    expect(codesOf({ ...withPolicies(step), release })).toEqual(['TL-CONFIG-RELEASE-REQUESTS']);
  });

  test('with a policy on the requests of both target groups is accepted', () => {
    expect(codesOf({ ...withPolicies(counting(true)), release })).toEqual([]);
  });

  test('with a test listener on the production listener’s port is refused', () => {
    expect(codesOf(description({ release, loadBalancer: { listenerPort: 8080 } }))).toEqual([
      'TL-CONFIG-TEST-LISTENER-PORT',
    ]);
  });

  test('with a test listener on the port of the HTTPS listener is refused, and allowed there without one', () => {
    const loadBalancer = {
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c',
      domainName: 'shop.example.com',
    };
    const onHttps = { ...release, testListenerPort: 443 };
    expect(codesOf(description({ release: onHttps, loadBalancer }))).toEqual([
      'TL-CONFIG-TEST-LISTENER-PORT',
    ]);
    expect(codesOf(description({ release: onHttps }))).toEqual([]);
  });

  test('with test traffic that may outlast a Lambda function is refused, unless it is off', () => {
    const testTraffic = { paths: ['/a', '/b'], requests: 100, responseWithinMilliseconds: 2000 };
    expect(codesOf(description({ release: { ...release, testTraffic } }))).toEqual([
      'TL-CONFIG-TEST-TRAFFIC-TIME',
    ]);
    const off = { ...testTraffic, enabled: false };
    expect(codesOf(description({ release: { ...release, testTraffic: off } }))).toEqual([]);
    const fits = { ...testTraffic, requests: 90 };
    expect(codesOf(description({ release: { ...release, testTraffic: fits } }))).toEqual([]);
  });

  test('needs addresses for two whole sets of tasks, whatever maximumPercent says', () => {
    const room = { network: { vpcCidr: '10.0.0.0/23' }, capacity: { max: 30 } };
    const deployment = { maximumPercent: 110 };
    expect(codesOf(description({ ...room, deployment }))).toEqual([]);
    expect(codesOf(description({ ...room, deployment, release }))).toEqual(['TL-CONFIG-SUBNET-ROOM']);
  });

  test('needs room for the name of the second target group', () => {
    const long = { project: 'a'.repeat(16), stage: 'b'.repeat(8) };
    expect(codesOf(description(long))).toEqual([]);
    expect(codesOf(description({ ...long, release }))).toEqual(['TL-CONFIG-NAME-LENGTH']);
  });
});

describe('test traffic', () => {
  test('asks the health check’s path and the further ones behind the base path, by the statuses of the health check', () => {
    const environment = resolveEnvironment(
      description({
        ingress: { kind: 'api-gateway', stage: 'dev' },
        container: { basePath: '/dev' },
        release: { ...release, testTraffic: { paths: ['/host?full=1'], requests: 2 } },
      }),
    );
    expect(testTraffic(environment)).toEqual({
      paths: ['/dev/health', '/dev/host?full=1'],
      requests: 2,
      statuses: { lowest: 200, highest: 200 },
      responseWithinMs: 5000,
    });
  });

  test('is none where it is off, and where versions take over task by task', () => {
    const off = { ...release, testTraffic: { enabled: false } };
    expect(testTraffic(resolveEnvironment(description({ release: off })))).toBeNull();
    expect(testTraffic(resolveEnvironment(description()))).toBeNull();
  });
});

test('counting over two target groups is refused where there is one', () => {
  expect(codesOf(withPolicies(counting(true)))).toEqual(['TL-CONFIG-RELEASE-REQUESTS']);
});
