import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../configuration-error.ts';
import { loadProfile, loadProfileNames, presetInput, presetNames, readLoadProfile } from './presets.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';

const preset = (name: string) => resolveEnvironment(presetInput(name));

describe('presets', () => {
  test.each(presetNames)('%s resolves, carries its name and drives a profile that exists', (name) => {
    const environment = preset(name);
    expect(environment.preset).toBe(name);
    expect(loadProfileNames).toContain(environment.load.profile);
  });

  test('load-driven tracks 3,900 requests per target and 50 % CPU over 2 to 6 tasks behind /health on port 80', () => {
    const { capacity, availabilityZones, loadBalancer, healthCheck, scaling, load } = preset('load-driven');
    expect(capacity).toEqual({ min: 2, max: 6, desired: 2 });
    expect(availabilityZones).toHaveLength(2);
    expect(loadBalancer.listenerPort).toBe(80);
    expect(healthCheck.path).toBe('/health');
    expect(scaling.policies).toMatchObject([
      {
        type: 'target-tracking',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 3900 },
        highAlarm: { evaluationPeriods: 3, datapointsToAlarm: 3 },
        lowAlarm: { evaluationPeriods: 15, datapointsToAlarm: 15 },
        lowThresholdFraction: 0.9,
      },
      { type: 'target-tracking', metric: { kind: 'cpu', targetPercent: 50 } },
    ]);
    expect(load.profile).toBe('headline');
  });

  test('fargate-alb tracks 60 % CPU on container port 3000 behind port 80, with a grace period', () => {
    const { container, loadBalancer, healthCheck, scaling } = preset('fargate-alb');
    expect(container.port).toBe(3000);
    expect(loadBalancer.listenerPort).toBe(80);
    expect(healthCheck.gracePeriodSeconds).toBeGreaterThan(0);
    expect(scaling.policies).toMatchObject([
      { type: 'target-tracking', metric: { kind: 'cpu', targetPercent: 60 } },
    ]);
  });

  test('stateless-asg tracks 50 % CPU over 2 to 10 instances of t3.micro that keep nothing', () => {
    const { capacity, compute, healthCheck, loadBalancer, scaling, sessions, files } =
      preset('stateless-asg');
    expect(capacity).toEqual({ min: 2, max: 10, desired: 2 });
    expect(compute).toMatchObject({
      kind: 'ec2-asg',
      instanceType: 't3.micro',
      hostPort: 80,
      warmupSeconds: 300,
    });
    expect(healthCheck).toMatchObject({
      intervalSeconds: 30,
      timeoutSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      gracePeriodSeconds: 300,
    });
    expect(loadBalancer.deregistrationDelaySeconds).toBe(300);
    expect(scaling.policies).toMatchObject([{ metric: { kind: 'cpu', targetPercent: 50 } }]);
    expect([sessions.store, sessions.replicas, files.store]).toEqual(['redis', 1, 's3']);
  });

  test('flash-sale tracks 50 % CPU with cooldowns of 30 s over 1 to 3 tasks on 1 to 3 instances of t2.small', () => {
    const { capacity, compute, container, deployment, scaling, storefront, load } = preset('flash-sale');
    expect(capacity).toEqual({ min: 1, max: 3, desired: 1 });
    expect(compute).toMatchObject({
      kind: 'ecs-ec2',
      cpuUnits: 256,
      memoryMiB: 512,
      instanceType: 't2.small',
      instances: { min: 1, max: 3 },
      taskPerInstance: true,
      rootVolumeGiB: 30,
    });
    expect(deployment.minimumHealthyPercent).toBe(66);
    expect(container.port).toBe(80);
    expect(scaling.policies).toMatchObject([
      { metric: { kind: 'cpu', targetPercent: 50 }, scaleOutCooldownSeconds: 30, scaleInCooldownSeconds: 30 },
    ]);
    expect([storefront.enabled, load.profile]).toEqual([true, 'flash']);
  });

  test('blue-green steps by one task at 50 % and 20 % CPU behind stage dev, released by a canary', () => {
    const { container, ingress, release, capacity, scaling } = preset('blue-green');
    expect(container).toMatchObject({ port: 3000, basePath: '/dev', stressRoutes: true });
    expect(ingress).toMatchObject({ kind: 'api-gateway', stage: 'dev', cors: null });
    expect(release).toMatchObject({
      kind: 'blue-green',
      shift: { kind: 'canary', percent: 10, intervalMinutes: 5 },
      healthyWithinMinutes: 15,
    });
    expect(capacity).toEqual({ min: 1, max: 4, desired: 1 });
    expect(scaling.policies).toMatchObject([
      {
        type: 'step',
        alarm: { comparison: 'GreaterThanOrEqualToThreshold', threshold: 50 },
        steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }],
        cooldownSeconds: 60,
      },
      {
        type: 'step',
        alarm: { comparison: 'LessThanOrEqualToThreshold', threshold: 20 },
        steps: [{ lowerBound: null, upperBound: 0, adjustment: -1 }],
        cooldownSeconds: 60,
      },
    ]);
  });

  test('of an unknown name are refused with the nearest one', () => {
    expect(() => presetInput('laod-driven')).toThrow(
      new ConfigurationError([
        {
          code: 'TL-CONFIG-PRESET',
          path: 'preset',
          message:
            'unknown preset "laod-driven"; did you mean "load-driven"? Allowed: load-driven, fargate-alb, stateless-asg, flash-sale, blue-green',
        },
      ]),
    );
    expect(() => presetInput('toString')).toThrow(ConfigurationError);
  });
});

describe('load profiles', () => {
  test.each(loadProfileNames)('%s resolves under its own name', (name) => {
    expect(loadProfile(name).name).toBe(name);
  });

  test('headline is 50 users, 5 more a second, about 375 requests/s over / and /health', () => {
    const { stages, endpoints, thresholds } = loadProfile('headline');
    expect(stages).toMatchObject([{ users: 50, usersPerSecond: 5, requestsPerSecond: 375 }]);
    expect(endpoints.map(({ path }) => path)).toEqual(['/', '/health']);
    expect(thresholds).toMatchObject({ maxFailedRequests: 0, p50Ms: 4, p99Ms: 31 });
  });

  test('flash is 100 closed-loop workers, to whom the page stays responsive', () => {
    const { stages, thresholds } = loadProfile('flash');
    expect(stages).toMatchObject([{ users: 100, requestsPerSecond: null }]);
    expect(thresholds).toMatchObject({ p50Ms: null, p99Ms: 2000 });
  });

  test('of an unknown name are refused with the nearest one', () => {
    expect(() => loadProfile('headlin')).toThrow(
      'TL-CONFIG-PROFILE profile: unknown profile "headlin"; did you mean "headline"?',
    );
  });
});

const fixture = (name: string): string => join(import.meta.dirname, '..', '..', 'test', 'fixtures', name);

describe('readLoadProfile', () => {
  test('takes a name for a built-in profile', async () => {
    expect(await readLoadProfile('headline')).toEqual(loadProfile('headline'));
    await expect(readLoadProfile('headlin')).rejects.toThrow('TL-CONFIG-PROFILE');
  });

  test('takes anything with an extension for a file', async () => {
    expect(await readLoadProfile(fixture('profile.json'))).toMatchObject({ name: 'own', keepAlive: true });
    await expect(readLoadProfile(fixture('missing.json'))).rejects.toThrow('TL-CONFIG-FILE');
    await expect(readLoadProfile(fixture('list.json'))).rejects.toThrow('holds a list');
  });
});
