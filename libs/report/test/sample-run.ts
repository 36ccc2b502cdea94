import {
  type LoadPhase,
  type RunRecord,
  judgeRun,
  parseRunRecord,
  runElasticity,
  scaleOutWindows,
} from '@tideline/evidence';

const load = { fromCloudSeconds: 60, toCloudSeconds: 670 };
const endCloudSeconds = 2150;
const scaleOutAt = 423;
const scaleIns = [1725, 1848, 1971, 2094];

/** A fixed stream of numbers in [0, 1): the fixture looks measured, and is the same every time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const every = (stepSeconds: number, from: number, to: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / stepSeconds) + 1 }, (_, index) => from + index * stepSeconds);

const desiredAt = (time: number): number =>
  time < scaleOutAt ? 2 : 6 - scaleIns.filter((moment) => time >= moment).length;
const runningAt = (time: number): number =>
  time < scaleOutAt + 42 ? 2 : 6 - scaleIns.filter((moment) => time >= moment + 34).length;
const healthyAt = (time: number): number =>
  time < scaleOutAt + 58 ? 2 : 6 - scaleIns.filter((moment) => time >= moment + 2).length;

const timeline = every(5, 0, endCloudSeconds).map((cloudSeconds) => ({
  cloudSeconds,
  desired: desiredAt(cloudSeconds),
  running: runningAt(cloudSeconds),
  healthy: healthyAt(cloudSeconds),
}));

const alarmName = (policy: string, side: 'High' | 'Low'): string =>
  `TargetTracking-service/tideline-dev/tideline-dev-api-Alarm${side}-${policy}`;
const cause = (policy: string, side: 'High' | 'Low'): string =>
  `monitor alarm ${alarmName(policy, side)} in state ALARM triggered policy ${policy}`;

const activities: RunRecord['scaling']['activities'] = [
  {
    cloudSeconds: scaleOutAt,
    from: 2,
    to: 6,
    policy: 'requests-per-target',
    cause: cause('requests-per-target', 'High'),
    status: 'Successful',
  },
  ...every(60, 483, 723).map((cloudSeconds) => ({
    cloudSeconds,
    from: 6,
    to: 6,
    policy: 'requests-per-target',
    cause: cause('requests-per-target', 'High'),
    status: 'NotScaled' as const,
    reasonCode: 'AlreadyAtMaxCapacity' as const,
  })),
  ...scaleIns.map((cloudSeconds, index) => ({
    cloudSeconds,
    from: 6 - index,
    to: 5 - index,
    policy: 'requests-per-target',
    cause: cause('requests-per-target', 'Low'),
    status: 'Successful' as const,
  })),
];

function metrics(): RunRecord['scaling']['metrics'] {
  const random = noise(7);
  const loaded = (time: number): number =>
    Math.max(0, Math.min(time + 60, load.toCloudSeconds) - Math.max(time, load.fromCloudSeconds)) / 60;
  const minutes = every(60, 0, endCloudSeconds - 60);
  return [
    {
      key: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
      unit: 'Count',
      periodSeconds: 60,
      datapoints: minutes.map((cloudSeconds) => ({
        cloudSeconds,
        value: Math.round((loaded(cloudSeconds) * 22_500) / healthyAt(cloudSeconds + 30)),
      })),
    },
    {
      key: 'AWS/ECS/CPUUtilization/Average',
      unit: 'Percent',
      periodSeconds: 60,
      datapoints: minutes.map((cloudSeconds) => ({
        cloudSeconds,
        value:
          0.6 + random() * 0.4 + (loaded(cloudSeconds) * (52 + random() * 6)) / healthyAt(cloudSeconds + 30),
      })),
    },
  ];
}

function series(): RunRecord['load']['series'] {
  const random = noise(3);
  return every(20, load.fromCloudSeconds, load.toCloudSeconds - 20).map((cloudSeconds, index) => {
    const crowded = cloudSeconds < scaleOutAt + 58;
    const p50Ms = (crowded ? 1.4 : 0.8) + random() * 0.2;
    return {
      cloudSeconds,
      requestsPerSecond: index === 0 ? 214 : 373 + random() * 4,
      failures: 0,
      p50Ms,
      p95Ms: p50Ms * (crowded ? 5 : 2),
      p99Ms: p50Ms * (crowded ? 8 + random() * 6 : 3 + random() * 2),
    };
  });
}

const latencyByPhase: Readonly<Record<string, LoadPhase['latencyMs']>> = {
  'before-scale-out': { p50: 1.52, p90: 4.1, p95: 8.9, p99: 18.4, p999: 31.2, max: 44.9 },
  'during-scale-out': { p50: 1.44, p90: 4.4, p95: 10.2, p99: 21.7, p999: 33.8, max: 52.3 },
  'after-scale-out': { p50: 0.86, p90: 1.6, p95: 2.6, p99: 4.7, p999: 12.9, max: 27.1 },
};

const phases: readonly LoadPhase[] = scaleOutWindows({ load, timeline, activities }).map((window) => ({
  ...window,
  requests: Math.round(((window.toCloudSeconds - window.fromCloudSeconds) / 20) * 375),
  requestsPerSecond: 374.8,
  failures: { total: 0, byKind: {} },
  latencyMs: latencyByPhase[window.name] ?? {
    p50: 1.2,
    p90: 3.6,
    p95: 8.4,
    p99: 17.9,
    p999: 31.4,
    max: 52.3,
  },
}));

/** Of an endpoint without other answers than 2xx, 3xx and 5xx. */
function answersOf(endpoint: string, statuses: Readonly<Record<number, number>>, none = 0) {
  const countOf = (digit: string) =>
    Object.entries(statuses).reduce(
      (sum, [status, count]) => sum + (status.startsWith(digit) ? count : 0),
      0,
    );
  const classes = { '2xx': countOf('2'), '3xx': countOf('3'), '4xx': 0, '5xx': countOf('5'), other: 0, none };
  const latencyMs = { p50: 1.1, p90: 3.5, p95: 8.1, p99: 17.2, p999: 30.8, max: 51.6 };
  return { endpoint, classes, statuses, empty: 0, latencyMs };
}

const policy = (name: string, run: { metricKey: string; target: number; high: 'ALARM' | 'OK' }) => ({
  name,
  metricKey: run.metricKey,
  target: run.target,
  alarms: [
    { name: alarmName(name, 'High'), comparison: '>' as const, threshold: run.target, state: run.high },
    {
      name: alarmName(name, 'Low'),
      comparison: '<' as const,
      threshold: run.target * 0.9,
      state: 'ALARM' as const,
    },
  ],
});

const unjudged: Omit<RunRecord, 'verdict'> = {
  schemaVersion: 1,
  status: 'completed',
  preset: 'load-driven',
  profile: 'headline',
  target: 'http://127.0.0.1:43121',
  observedBy: 'twin',
  startedAt: '2026-01-05T10:00:00.000Z',
  finishedAt: '2026-01-05T10:00:47.000Z',
  wallSeconds: 46.8,
  speed: [
    { fromCloudSeconds: 0, speed: 20 },
    { fromCloudSeconds: 670, speed: 120 },
  ],
  provenance: {
    commit: '4f2a9c1d7be0',
    node: 'v20.19.0',
    cpus: 2,
    cpuModel: 'Intel(R) Xeon(R) Processor @ 2.70GHz',
    platform: 'linux-x64',
    memoryMiB: 7952,
    tideline: '0.1.0',
  },
  environment: {
    preset: 'load-driven',
    project: 'tideline',
    stage: 'dev',
    capacity: { min: 2, max: 6, desired: 2 },
  },
  scaling: {
    minTasks: 2,
    maxTasks: 6,
    timeline,
    activities,
    policies: [
      policy('requests-per-target', {
        metricKey: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
        target: 50,
        high: 'OK',
      }),
      policy('cpu', { metricKey: 'AWS/ECS/CPUUtilization/Average', target: 50, high: 'OK' }),
    ],
    metrics: metrics(),
    events: [
      {
        cloudSeconds: 0,
        message: '(service tideline-dev-api) has started 2 tasks: (task 1f0c) (task 8be2).',
      },
      { cloudSeconds: 62, message: '(service tideline-dev-api) has reached a steady state.' },
      { cloudSeconds: scaleOutAt + 2, message: '(service tideline-dev-api) has started 4 tasks.' },
      { cloudSeconds: scaleOutAt + 58, message: '(service tideline-dev-api) has reached a steady state.' },
    ],
    peakRunning: 6,
    finalRunning: 2,
  },
  load: {
    ...load,
    requests: phases.reduce((sum, { requests }) => sum + requests, 0),
    requestsPerSecond: 372.4,
    askedRequestsPerSecond: 375,
    generatorLimited: false,
    failures: { total: 0, byKind: {} },
    endpoints: [answersOf('GET /', { 200: 9000, 304: 1437 }), answersOf('POST /cart', { 303: 1000 })],
    latencyMs: { p50: 1.21, p90: 3.7, p95: 8.4, p99: 17.9, p999: 31.4, max: 52.3 },
    phases: [...phases],
    series: series(),
  },
  warnings: [
    {
      code: 'TL-WARN-TARGET-EXCEEDED',
      message:
        'policy requests-per-target: the expected 375 requests/s make 3,750 per target and minute even at 6 tasks, above the target of 50; the policy can only hold the service at its maximum.',
    },
  ],
  assumptions: [
    {
      code: 'TL-ASSUME-METRIC-LAG',
      message: 'Datapoints reach the alarms 150 s after their minute has closed; AWS publishes no figure.',
    },
    {
      code: 'TL-ASSUME-SCALE-IN-STEP',
      message: 'Scale-in removes one task per cooldown; AWS does not publish the size of the step.',
    },
  ],
};

const expectations = {
  peakTasks: { atLeast: 6, atMost: 6 },
  minTasks: 2,
  thresholds: {
    maxFailedRequests: 0,
    maxFailedPercent: null,
    p50Ms: 4,
    p95Ms: null,
    p99Ms: 31,
    minRateFraction: 0.95,
  },
};

/** A record with its elasticity and verdict. */
export const judged = (record: Omit<RunRecord, 'verdict'>): RunRecord => {
  const elasticity = runElasticity(record, { requestsPerSecond: 75, source: 'measured' });
  return parseRunRecord({
    ...record,
    ...(elasticity === undefined ? {} : { elasticity: { ...elasticity, unitHourUsd: 0.0098 } }),
    verdict: judgeRun(record, expectations),
  });
};

/** 2 → 6 → 2 tasks under 375 requests/s, in 35 minutes of cloud time at speeds 20 and 120. */
export const sampleRun: RunRecord = judged(unjudged);

/** The same load with failures, against a service that stayed scaled out. */
export const failedRun: RunRecord = judged({
  ...unjudged,
  scaling: {
    ...unjudged.scaling,
    finalRunning: 6,
    timeline: timeline.filter(({ cloudSeconds }) => cloudSeconds < 1600),
    activities: activities.slice(0, 3),
  },
  load: {
    ...unjudged.load,
    failures: { total: 212, byKind: { 'http-502': 187, timeout: 25 } },
    endpoints: [answersOf('GET /', { 200: 11_225, 502: 187 }, 25)],
    latencyMs: { p50: 2.4, p90: 61, p95: 320.7, p99: 840, p999: 4200, max: 10_000 },
    phases: phases.map((phase) => ({
      ...phase,
      failures:
        phase.name === 'during-scale-out'
          ? { total: 212, byKind: { 'http-502': 187, timeout: 25 } }
          : phase.failures,
      latencyMs:
        phase.name === 'after-scale-out'
          ? { p50: 5.2, p90: 80, p95: 333.3, p99: 840, p999: 4200, max: 10_000 }
          : phase.latencyMs,
    })),
    series: unjudged.load.series.map((point, index) => ({
      ...point,
      failures: index > 17 && index < 22 ? 53 : 0,
      p99Ms: index > 17 ? point.p99Ms * 90 : point.p99Ms,
    })),
  },
});

/** Load against a URL that nobody observed: no timeline, activities, policies or metrics. */
export const unobservedRun: RunRecord = judged({
  ...unjudged,
  observedBy: 'none',
  preset: 'none',
  speed: [{ fromCloudSeconds: 0, speed: 1 }],
  scaling: {
    minTasks: 0,
    maxTasks: 0,
    timeline: [],
    activities: [],
    policies: [],
    metrics: [],
    events: [],
    peakRunning: 0,
    finalRunning: 0,
  },
  load: {
    ...unjudged.load,
    askedRequestsPerSecond: null,
    phases: [{ ...unjudged.load, name: 'steady' }],
  },
  warnings: [],
  assumptions: [],
});

/** Stopped before its first request was answered. */
export const interruptedRun: RunRecord = judged({
  ...unjudged,
  status: 'interrupted',
  wallSeconds: 3.2,
  scaling: {
    ...unjudged.scaling,
    timeline: timeline.slice(0, 13),
    activities: [],
    metrics: unjudged.scaling.metrics.map((metric) => ({ ...metric, datapoints: [] })),
    peakRunning: 2,
  },
  load: {
    fromCloudSeconds: 60,
    toCloudSeconds: 60,
    requests: 0,
    requestsPerSecond: 0,
    askedRequestsPerSecond: 375,
    generatorLimited: false,
    failures: { total: 0, byKind: {} },
    latencyMs: { p50: 0, p90: 0, p95: 0.0, p99: 0, p999: 0, max: 0 },
    phases: [],
    series: [],
  },
});
