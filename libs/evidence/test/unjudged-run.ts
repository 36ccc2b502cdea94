import type { UnjudgedRun } from '../src/judge/expectations.ts';
import type { LoadPhase } from '../src/record/run-record.ts';

const latencyMs = { p50: 1, p90: 2, p99: 8, p999: 20, max: 42 };
const failures = { total: 0, byKind: {} };

export const phase = (name: string, overrides: Partial<LoadPhase> = {}): LoadPhase => ({
  name,
  fromCloudSeconds: 0,
  toCloudSeconds: 60,
  requests: 1000,
  requestsPerSecond: 375,
  failures,
  latencyMs,
  ...overrides,
});

/** A run that went 2 -> 6 -> 2 without a failure. */
export const unjudgedRun: UnjudgedRun = {
  schemaVersion: 1,
  status: 'completed',
  preset: 'load-driven',
  profile: 'headline',
  target: 'http://127.0.0.1:8080',
  observedBy: 'twin',
  startedAt: '2026-01-05T10:00:00.000Z',
  finishedAt: '2026-01-05T10:01:30.000Z',
  wallSeconds: 90,
  speed: [
    { fromCloudSeconds: 0, speed: 1 },
    { fromCloudSeconds: 600, speed: 120 },
  ],
  provenance: {
    commit: 'abc1234',
    node: 'v20.19.0',
    cpus: 2,
    cpuModel: 'test',
    platform: 'linux-x64',
    memoryMiB: 4096,
    tideline: '0.1.0',
  },
  environment: {},
  scaling: {
    minTasks: 2,
    maxTasks: 6,
    timeline: [
      { cloudSeconds: 0, desired: 2, running: 2, healthy: 2 },
      { cloudSeconds: 400, desired: 6, running: 6, healthy: 6 },
      { cloudSeconds: 2000, desired: 2, running: 2, healthy: 2 },
    ],
    activities: [],
    policies: [],
    metrics: [],
    events: [],
    peakRunning: 6,
    finalRunning: 2,
  },
  load: {
    fromCloudSeconds: 0,
    toCloudSeconds: 600,
    requests: 11_250,
    requestsPerSecond: 374.6,
    askedRequestsPerSecond: 375,
    generatorLimited: false,
    failures,
    latencyMs,
    phases: [phase('before-scale-out'), phase('during-scale-out'), phase('after-scale-out')],
    series: [],
  },
  warnings: [],
  assumptions: [],
};

/** The same run with its load part changed. */
export const runWithLoad = (load: Partial<UnjudgedRun['load']>): UnjudgedRun => ({
  ...unjudgedRun,
  load: { ...unjudgedRun.load, ...load },
});

/** The same run with its scaling part changed. */
export const runWithScaling = (scaling: Partial<UnjudgedRun['scaling']>): UnjudgedRun => ({
  ...unjudgedRun,
  scaling: { ...unjudgedRun.scaling, ...scaling },
});
