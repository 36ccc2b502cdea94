import { describe, expect, test } from '@jest/globals';
import {
  cpuPolicy,
  description,
  scheduledAction,
  stepPolicy,
  withPolicies,
} from '../../test/descriptions.ts';
import type { EnvironmentInput, LoadProfileInput } from '../environment.ts';
import { environmentWarnings } from './environment-warnings.ts';
import { loadProfile, presetInput } from '../presets/presets.ts';
import { resolveEnvironment, resolveLoadProfile } from '../resolve/resolve-environment.ts';

const profile = (over: Partial<LoadProfileInput['stages'][number]> = {}, rest: object = {}) =>
  resolveLoadProfile({
    name: 'test',
    stages: [{ users: 10, holdSeconds: 900, requestsPerSecond: 100, ...over }],
    endpoints: [{ path: '/' }],
    ...rest,
  });

const warningsOf = (input: EnvironmentInput, load = profile()) =>
  environmentWarnings(resolveEnvironment(input), load);

const codesOf = (input: EnvironmentInput, load = profile()): readonly string[] =>
  warningsOf(input, load).map(({ code }) => code);

const requests = (requestsPerTargetPerMinute: number) => ({
  kind: 'requests-per-target' as const,
  requestsPerTargetPerMinute,
});
const working = (input: EnvironmentInput, cpuMillisecondsPerRequest: number): EnvironmentInput => ({
  ...input,
  container: { cpuMillisecondsPerRequest },
});

describe('a requests target', () => {
  test('that the load exceeds at maximum capacity is a warning with both figures', () => {
    const input = withPolicies(cpuPolicy({ metric: requests(50) }));
    const [warning] = warningsOf(input, loadProfile('headline'));
    expect(warning?.code).toBe('TL-WARN-REQUESTS-TARGET');
    expect(warning?.message).toBe(
      'at 375 requests/s and 6 tasks each target gets 3,750 requests a minute, and the target is 50 a minute (0.83/s): the policy can only pin the service at its maximum. Raise the target above 3,750 a minute, or capacity.max to 450',
    );
  });

  test('that is met exactly at maximum capacity is none', () => {
    expect(codesOf(withPolicies(cpuPolicy({ metric: requests(1000) })))).toEqual([]);
  });

  test('counts a maximum that a scheduled action raises', () => {
    const input = withPolicies(cpuPolicy({ metric: requests(600) }), scheduledAction({ maxCapacity: 10 }));
    expect(codesOf(input)).toEqual([]);
  });
});

describe('a CPU target', () => {
  test('that the work exceeds at maximum capacity is a warning', () => {
    // 100/s x 10 ms = 1 vCPU over 6 x 0.25 vCPU: 66.7 %.
    expect(codesOf(working(withPolicies(cpuPolicy()), 10))).toContain('TL-WARN-CPU-TARGET');
  });

  test('below the CPU that exists at all is an overload', () => {
    const [warning] = warningsOf(working(withPolicies(cpuPolicy()), 20));
    expect(warning?.code).toBe('TL-WARN-CPU-OVERLOAD');
    expect(warning?.message).toContain('6 tasks of 256 CPU units are 133.33 % busy');
  });

  test('that one step cannot reach is a warning', () => {
    // 0.72 vCPU at 50 % of 0.25 vCPU needs 6 tasks; one step from 2 reaches 4.
    expect(codesOf(working(withPolicies(cpuPolicy()), 7.2))).toEqual(['TL-WARN-CPU-STEP']);
  });

  test('sees only the requests to the route that works', () => {
    const half = profile({}, { endpoints: [{ path: '/?q=1' }, { path: '/health' }] });
    expect(codesOf(working(withPolicies(cpuPolicy()), 10), half)).toEqual([]);
  });
});

describe('the length of the load', () => {
  test('too short for any scale-out is a warning with the sum', () => {
    const [warning] = warningsOf(
      withPolicies(cpuPolicy({ metric: requests(1000) })),
      profile({ holdSeconds: 180 }),
    );
    expect(warning?.code).toBe('TL-WARN-HOLD-TOO-SHORT');
    expect(warning?.message).toContain(
      '180 s, and a scale-out takes up to 434 s (60 s alignment + 3 x 60 s of datapoints + 168 s metric lag + 26 s task start)',
    );
  });

  test('too short for a judgement afterwards is a warning', () => {
    const input = withPolicies(cpuPolicy({ metric: requests(1000) }));
    expect(codesOf(input, profile({ holdSeconds: 440 }))).toEqual(['TL-WARN-AFTER-SCALE-OUT']);
    expect(codesOf(input, profile({ holdSeconds: 494 }))).toEqual([]);
  });

  test('is that of the stages in a row that breach the alarm', () => {
    const high = { users: 10, holdSeconds: 300, requestsPerSecond: 100 };
    const low = { users: 10, holdSeconds: 300, requestsPerSecond: 1 };
    const input = withPolicies(cpuPolicy({ metric: requests(1000) }));
    expect(codesOf(input, profile({}, { stages: [high, high] }))).toEqual([]);
    expect(codesOf(input, profile({}, { stages: [high, low, high] }))).toEqual(['TL-WARN-HOLD-TOO-SHORT']);
  });

  test('does not matter for a load that reaches no target', () => {
    const input = withPolicies(cpuPolicy({ metric: requests(6000) }));
    expect(codesOf(input)).toEqual(['TL-WARN-NO-SCALE-OUT']);
  });

  test('is shorter at 20 s resolution', () => {
    const input = { ...withPolicies(cpuPolicy()), monitoring: { resolutionSeconds: 20 as const } };
    expect(codesOf(input, profile({ holdSeconds: 200 }))).toEqual([]);
  });
});

describe('environmentWarnings names', () => {
  const cases: readonly (readonly [string, string, EnvironmentInput])[] = [
    ['a short cooldown', 'TL-WARN-COOLDOWN', withPolicies(cpuPolicy({ scaleInCooldownSeconds: 30 }))],
    [
      'a scale-out cooldown that ends before its effect shows',
      'TL-WARN-COOLDOWN-LAG',
      withPolicies(cpuPolicy({ scaleOutCooldownSeconds: 235 })),
    ],
    [
      'a short step cooldown',
      'TL-WARN-COOLDOWN',
      withPolicies(
        stepPolicy({ cooldownSeconds: 59, steps: [{ lowerBound: 0, adjustment: 1 }] }),
        scheduledAction(),
      ),
    ],
    ['no policy that reacts', 'TL-WARN-NO-POLICY', withPolicies(scheduledAction())],
    [
      'policies without room',
      'TL-WARN-FIXED-CAPACITY',
      { ...withPolicies(cpuPolicy()), capacity: { min: 2, max: 2, desired: 2 } },
    ],
    ['no scale-in', 'TL-WARN-NO-SCALE-IN', withPolicies(cpuPolicy({ scaleInEnabled: false }))],
    [
      'instances that are protected from scale-in',
      'TL-WARN-NO-SCALE-IN',
      {
        ...withPolicies(cpuPolicy()),
        compute: {
          kind: 'ec2-asg',
          protectFromScaleIn: true,
          instanceRefresh: { scaleInProtectedInstances: 'Refresh' },
        },
      },
    ],
    [
      'requests that go missing when idle',
      'TL-WARN-IDLE-MISSING',
      { ...withPolicies(cpuPolicy({ metric: requests(1000) })), assumptions: { idleRequests: 'missing' } },
    ],
    [
      'capacity from zero',
      'TL-WARN-FROM-ZERO',
      { ...withPolicies(cpuPolicy()), capacity: { min: 0, max: 6, desired: 0 } },
    ],
    [
      'scaling that is suspended',
      'TL-WARN-SUSPENDED',
      {
        ...withPolicies(),
        scaling: { policies: [cpuPolicy()], suspendedState: { scheduledScalingSuspended: true } },
      },
    ],
    [
      'step scale-in beside tracking',
      'TL-WARN-STEP-WITH-TRACKING',
      withPolicies(
        cpuPolicy(),
        stepPolicy({
          alarm: { comparison: 'LessThanThreshold', threshold: 20 },
          steps: [{ upperBound: 0, adjustment: -1 }],
        }),
      ),
    ],
    [
      'a step against the load',
      'TL-WARN-STEP-DIRECTION',
      withPolicies(
        stepPolicy(),
        stepPolicy({
          name: 'low',
          alarm: { comparison: 'LessThanThreshold', threshold: 20 },
          steps: [{ upperBound: 0, adjustment: 1 }],
        }),
        scheduledAction(),
      ),
    ],
    [
      'a step out of reach',
      'TL-WARN-STEP-UNREACHABLE',
      withPolicies(
        stepPolicy({
          steps: [
            { upperBound: 0, adjustment: 0 },
            { lowerBound: 0, adjustment: 1 },
          ],
        }),
        scheduledAction(),
      ),
    ],
    [
      'a deployment that rounding stops',
      'TL-WARN-DEPLOYMENT-STUCK',
      {
        ...withPolicies(cpuPolicy()),
        deployment: { minimumHealthyPercent: 75, maximumPercent: 125 },
      },
    ],
    [
      'a drain shorter than requests',
      'TL-WARN-DRAIN-SHORT',
      { ...withPolicies(cpuPolicy()), loadBalancer: { deregistrationDelaySeconds: 5 } },
    ],
    [
      'a grace period shorter than the interval',
      'TL-WARN-GRACE',
      { ...withPolicies(cpuPolicy()), healthCheck: { gracePeriodSeconds: 10 } },
    ],
  ];

  test.each(cases)('%s, as %s', (_what, code, input) => {
    expect(codesOf(input)).toEqual([code]);
  });

  test('releases that wait for instances which are protected from scale-in', () => {
    const waiting = {
      ...withPolicies(cpuPolicy()),
      compute: { kind: 'ec2-asg', protectFromScaleIn: true },
    } as const;
    expect(codesOf(waiting)).toEqual(['TL-WARN-NO-SCALE-IN', 'TL-WARN-REFRESH-WAITS']);
  });

  test('the task counts at which a deployment is stuck', () => {
    const [warning] = warningsOf({
      ...withPolicies(cpuPolicy()),
      deployment: { minimumHealthyPercent: 75, maximumPercent: 125 },
    });
    expect(warning?.message).toContain('can move nothing at 2, 3 tasks');
  });

  test('a closed loop, whose rate is not known beforehand', () => {
    const input = withPolicies(cpuPolicy());
    expect(codesOf(input, profile({ requestsPerSecond: null }))).toEqual(['TL-WARN-CLOSED-LOOP']);
  });

  test.each(['load-driven', 'fargate-alb'])('nothing for %s under its own load', (preset) => {
    const input = presetInput(preset);
    expect(warningsOf(input, loadProfile(resolveEnvironment(input).load.profile))).toEqual([]);
  });

  test('nothing but a fixed task count for an environment without policies', () => {
    expect(codesOf(description())).toEqual(['TL-WARN-NO-POLICY']);
  });
});

describe('a firewall', () => {
  const guarded = (requestsPerWindowPerAddress: number): EnvironmentInput =>
    description({
      capacity: { min: 2, max: 6, desired: 2 },
      waf: { enabled: true, requestsPerWindowPerAddress },
    });

  test('that blocks the load runner is a warning with both figures', () => {
    const warning = warningsOf(guarded(2000)).find(({ code }) => code === 'TL-WARN-WAF-LIMIT');
    expect(warning?.message).toContain('2,000 is below the 30,000 requests');
  });

  test('with a longer window blocks the load sooner', () => {
    const input = guarded(30_000);
    const longer = { ...input, waf: { ...input.waf, evaluationWindowSeconds: 600 as const } };
    expect(codesOf(longer)).toContain('TL-WARN-WAF-LIMIT');
  });

  test('that lets it through, or is off, is none', () => {
    expect(codesOf(guarded(30_000))).not.toContain('TL-WARN-WAF-LIMIT');
    expect(codesOf(description())).not.toContain('TL-WARN-WAF-LIMIT');
  });
});

test('CloudFront that reaches the balancer without TLS is a warning, and with it is none', () => {
  const code = 'TL-WARN-CDN-PLAIN-ORIGIN';
  const behind = description({ cdn: { enabled: true } });
  expect(codesOf(behind)).toContain(code);
  const loadBalancer = {
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c',
    domainName: 'origin.example.com',
  };
  expect(codesOf({ ...behind, loadBalancer })).not.toContain(code);
  expect(codesOf(description())).not.toContain(code);
});

test.each([
  ['STANDARD_IA', 59, true],
  ['STANDARD_IA', 60, false],
  ['GLACIER_IR', 119, true],
  ['GLACIER_IR', 120, false],
  ['GLACIER_IR', null, false],
] as const)('files that leave %s after %s days, 30 of them in Standard: a warning is %s', (...row) => {
  const [coldStorageClass, expireAfterDays, isWarned] = row;
  const files = { store: 's3' as const, coldStorageClass, expireAfterDays };
  const codes = codesOf(description({ sessions: { store: 'redis' }, files }));
  expect(codes.includes('TL-WARN-COLD-MINIMUM')).toBe(isWarned);
});

describe('capacity that may be zero', () => {
  const none = { capacity: { min: 0, max: 6, desired: 0 } };
  const queue = {
    kind: 'custom' as const,
    namespace: 'Shop',
    metricName: 'QueueLength',
    targetValue: 10,
  };
  const remark = (input: EnvironmentInput): string =>
    warningsOf({ ...input, ...none }).find(({ code }) => code === 'TL-WARN-FROM-ZERO')?.message ?? '';

  test.each([
    ['requests per target', requests(1000)],
    ['CPU', { kind: 'cpu' as const, targetPercent: 50 }],
    ['memory', { kind: 'memory' as const, targetPercent: 50 }],
    ['response time', { kind: 'response-time' as const, targetMilliseconds: 50 }],
  ])('stays at zero where policies follow %s alone', (_, metric) => {
    expect(remark(withPolicies(cpuPolicy({ metric })))).toBe(
      'with 0 tasks every request is answered 503, and it stays so: no policy follows a metric that has datapoints while no task runs, and no schedule raises the minimum. Set it to 1 or more, or follow a custom metric',
    );
  });

  test.each([
    ['a custom metric', cpuPolicy({ metric: queue })],
    ['a schedule', scheduledAction({ minCapacity: 2 })],
  ])('leaves zero by %s', (_, policy) => {
    expect(remark(withPolicies(cpuPolicy({ name: 'other' }), policy))).toBe(
      'with 0 tasks every request is answered 503 until one has started. Set it to 1 or more',
    );
  });

  test('does not leave zero by a custom metric that only removes tasks', () => {
    const policy = stepPolicy({
      metric: { kind: 'custom', namespace: 'Shop', metricName: 'QueueLength' },
      alarm: { comparison: 'LessThanThreshold', threshold: 1 },
      steps: [{ upperBound: 0, adjustment: -1 }],
    });
    expect(remark(withPolicies(policy))).toContain('it stays so');
  });
});

describe('the settings profile production', () => {
  const code = 'TL-WARN-PRODUCTION-HTTP';
  const certificate = {
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c',
    domainName: 'shop.example.com',
  };

  test('without a certificate is a warning, unless CloudFront or an HTTP API ends TLS', () => {
    const input = { ...presetInput('load-driven'), profile: 'production' as const };
    expect(codesOf(input)).toContain(code);
    expect(codesOf({ ...input, loadBalancer: certificate })).not.toContain(code);
    expect(codesOf({ ...input, cdn: { enabled: true } })).not.toContain(code);
    expect(codesOf({ ...presetInput('blue-green'), profile: 'production' })).not.toContain(code);
    expect(codesOf(presetInput('load-driven'))).not.toContain(code);
  });
});
