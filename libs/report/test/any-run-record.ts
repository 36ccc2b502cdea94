import fc from 'fast-check';
import { type RunRecord, parseRunRecord } from '@tideline/evidence';

/** Text as people and machines write it, and as an attacker would; without the words that the tests look for. */
const text = fc.oneof(
  fc.constantFrom(
    'requests-per-target',
    '<script>alert(1)</script>',
    'a | b | c',
    '`code` **bold** [link](x)',
    'two\nlines\tand a tab',
    '\u001B[31mred',
    '"><svg onload=x>',
    '',
    'TargetTracking-service/'.repeat(9),
    'Ünïcödé → ✓ 日本',
  ),
  fc.string({ maxLength: 30 }),
);
const count = fc.oneof(fc.nat(12), fc.nat(1_000_000_000));
const seconds = fc.oneof(fc.nat(3600), fc.double({ min: 0, max: 1e7, noNaN: true }));
const amount = fc.oneof(
  fc.constant(0),
  fc.double({ min: 0, max: 1e4, noNaN: true }),
  fc.double({ min: 0, max: 1e15, noNaN: true }),
);
const anyNumber = fc.oneof(amount, fc.double({ min: -1e15, max: 1e15, noNaN: true }));
const list = <T>(item: fc.Arbitrary<T>, maxLength = 8) => fc.array(item, { maxLength });

const latency = fc.record(
  { p50: amount, p90: amount, p95: amount, p99: amount, p999: amount, max: amount },
  { requiredKeys: ['p50', 'p90', 'p99', 'p999', 'max'] },
);
const failures = fc.record({
  total: count,
  byKind: fc.dictionary(fc.constantFrom('timeout', 'connection', 'http-502'), count),
});
const remark = fc.record({ code: text, message: text });
const interval = { fromCloudSeconds: seconds, toCloudSeconds: seconds };
const metricKey = fc.constantFrom('AWS/ECS/CPUUtilization/Average', 'custom/depth/Sum');

const activity = fc.record(
  {
    cloudSeconds: seconds,
    from: count,
    to: count,
    policy: text,
    cause: text,
    status: fc.constantFrom('Successful', 'InProgress', 'NotScaled', 'Failed', 'Overridden'),
    reasonCode: fc.constantFrom('AlreadyAtMaxCapacity', 'AutoScalingAnticipatedFlapping'),
    statusMessage: text,
  },
  { requiredKeys: ['cloudSeconds', 'from', 'to', 'policy', 'cause', 'status'] },
);

const policies = list(
  fc.record({
    name: text,
    metricKey,
    target: fc.option(anyNumber),
    alarms: list(
      fc.record({
        name: text,
        comparison: fc.constantFrom('>', '>=', '<', '<='),
        threshold: anyNumber,
        state: fc.constantFrom('OK', 'ALARM', 'INSUFFICIENT_DATA'),
      }),
      3,
    ),
  }),
  3,
);

const capacityProvider = fc.record({
  name: text,
  minInstances: count,
  maxInstances: count,
  timeline: list(fc.record({ cloudSeconds: seconds, desired: count, active: count })),
  activities: list(activity),
  policies,
  peakActive: count,
  finalActive: count,
});

const scaling = fc.record({
  unit: fc.constantFrom('task', 'instance'),
  minTasks: count,
  maxTasks: count,
  timeline: list(fc.record({ cloudSeconds: seconds, desired: count, running: count, healthy: count })),
  activities: list(activity),
  policies,
  metrics: list(
    fc.record({
      key: metricKey,
      unit: fc.constantFrom('Count', 'Percent', 'Seconds', 'None'),
      periodSeconds: fc.constantFrom(20, 60),
      datapoints: list(fc.record({ cloudSeconds: seconds, value: anyNumber })),
    }),
    2,
  ),
  events: list(fc.record({ cloudSeconds: seconds, message: text })),
  peakRunning: count,
  finalRunning: count,
  capacityProvider: fc.option(capacityProvider, { nil: undefined }),
});

const endpointAnswers = fc.record({
  endpoint: text,
  classes: fc.record({ '2xx': count, '3xx': count, '4xx': count, '5xx': count, other: count, none: count }),
  statuses: fc.dictionary(fc.constantFrom('200', '301', '404', '502'), count),
  empty: count,
  latencyMs: fc.option(latency, { nil: undefined }),
});

const provisioning = fc.record({
  accuracyPercent: amount,
  meanUnits: amount,
  timePercent: amount,
  unitSeconds: amount,
});
const elasticity = fc.record({
  fromSeconds: seconds,
  toSeconds: seconds,
  unitRequestsPerSecond: fc.double({ min: 0.01, max: 1e9, noNaN: true }),
  instabilityStepSeconds: fc.constantFrom(20, 60),
  underProvisioning: provisioning,
  overProvisioning: provisioning,
  instabilityPercent: amount,
  jitterPerHour: anyNumber,
  adaptationsPerHour: fc.record({ supply: amount, demand: amount }),
  meanUnits: fc.record({ supply: amount, demand: amount }),
  unitHours: amount,
  requests: amount,
  aboveCapacity: fc.record({ requests: amount, percent: amount, longestSeconds: seconds }),
  capacitySource: fc.constantFrom('measured', 'cloudwatch', 'given', 'target'),
  unitHoursAfterLoad: amount,
  unitHourUsd: fc.option(amount, { nil: undefined }),
});

const load = fc.record({
  ...interval,
  requests: count,
  requestsPerSecond: amount,
  askedRequestsPerSecond: fc.option(amount),
  generatorLimited: fc.boolean(),
  failures,
  endpoints: fc.option(list(endpointAnswers, 3), { nil: undefined }),
  latencyMs: latency,
  phases: list(
    fc.record({
      name: text,
      ...interval,
      requests: count,
      requestsPerSecond: amount,
      failures,
      latencyMs: latency,
    }),
    4,
  ),
  series: list(
    fc.record({
      cloudSeconds: seconds,
      requestsPerSecond: amount,
      failures: count,
      p50Ms: amount,
      p95Ms: fc.option(amount, { nil: undefined }),
      p99Ms: amount,
    }),
  ),
});

/** Any record that the schema allows, within what a machine could have counted. */
export const anyRunRecord: fc.Arbitrary<RunRecord> = fc
  .record({
    schemaVersion: fc.constant(1),
    status: fc.constantFrom('completed', 'interrupted'),
    preset: text,
    profile: text,
    target: text,
    observedBy: fc.constantFrom('twin', 'aws', 'none'),
    startedAt: fc.constant('2026-01-05T10:00:00.000Z'),
    finishedAt: fc.constant('2026-01-05T10:01:00.000Z'),
    wallSeconds: seconds,
    speed: list(
      fc.record({ fromCloudSeconds: seconds, speed: fc.double({ min: 0.01, max: 1000, noNaN: true }) }),
      3,
    ),
    provenance: fc.record({
      commit: text,
      node: text,
      cpus: fc.integer({ min: 1, max: 512 }),
      cpuModel: text,
      platform: text,
      memoryMiB: amount,
      tideline: text,
    }),
    environment: fc.dictionary(fc.constantFrom('project', 'stage'), text),
    scaling,
    load,
    elasticity: fc.option(elasticity, { nil: undefined }),
    faultCosts: fc.option(
      list(
        fc.record({
          fault: fc.constantFrom('task-exit', 'application-exit', 'instance-loss', 'zone-loss'),
          onPurpose: fc.boolean(),
          targets: count,
          lost: fc.dictionary(fc.constantFrom('http-502', 'http-504', 'timeout', 'websocket'), count),
        }),
        3,
      ),
      { nil: undefined },
    ),
    verdict: fc.record(
      {
        passed: fc.boolean(),
        checks: list(fc.record({ name: text, passed: fc.boolean(), observed: text, expected: text })),
        notJudged: list(fc.record({ name: text, reason: text }), 3),
      },
      { requiredKeys: ['passed', 'checks'] },
    ),
    stores: fc.record({
      sessions: fc.record({
        kind: fc.constantFrom('none', 'redis', 'embedded'),
        description: text,
        running: fc.boolean(),
      }),
      files: fc.record({ kind: fc.constantFrom('none', 'disk'), description: text }),
    }),
    runtime: fc.record({
      kind: fc.constantFrom('backend', 'command', 'container'),
      description: text,
      cpu: text,
    }),
    warnings: list(remark, 3),
    assumptions: list(remark, 3),
  })
  .map(parseRunRecord);
