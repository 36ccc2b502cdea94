import { presetInput, resolveEnvironment } from '@tideline/config';
import type { RunRecord } from '@tideline/evidence';

const latencyMs = { p50: 1, p90: 2, p99: 3, p999: 4, max: 5 };
const failures = { total: 0, byKind: {} };

/**
 * The record of a run of preset fargate-alb on two tasks: 10 requests/s from minute 2 on.
 * @param cpuPercents CPU utilisation of each minute
 */
export function observedRecord(cpuPercents: readonly number[]): RunRecord {
  const series = cpuPercents.map((value, minute) => ({ cloudSeconds: minute * 60, value, running: 2 }));
  return {
    schemaVersion: 1,
    status: 'completed',
    preset: 'fargate-alb',
    profile: 'steady',
    target: 'http://127.0.0.1:8080',
    observedBy: 'twin',
    startedAt: '2026-01-05T10:00:00.000Z',
    finishedAt: '2026-01-05T10:10:00.000Z',
    wallSeconds: 600,
    speed: [{ fromCloudSeconds: 0, speed: 1 }],
    provenance: {
      ...{ commit: 'abc1234', node: 'v20.19.0', cpus: 2, cpuModel: 'test', platform: 'linux-x64' },
      ...{ memoryMiB: 4096, tideline: '0.1.0' },
    },
    environment: { ...resolveEnvironment(presetInput('fargate-alb')) },
    scaling: {
      ...{ minTasks: 2, maxTasks: 6, peakRunning: 2, finalRunning: 2 },
      timeline: [{ cloudSeconds: 0, desired: 2, running: 2, healthy: 2 }],
      activities: [],
      policies: [],
      metrics: [
        { key: 'AWS/ECS/CPUUtilization/Average', unit: 'Percent', periodSeconds: 60, datapoints: series },
      ],
      events: [],
    },
    load: {
      ...{ fromCloudSeconds: 120, toCloudSeconds: 600, requests: 4800, requestsPerSecond: 10 },
      ...{ askedRequestsPerSecond: 10, generatorLimited: false, failures, latencyMs, phases: [] },
      series: [{ cloudSeconds: 120, requestsPerSecond: 10, failures: 0, p50Ms: 1, p99Ms: 3 }],
    },
    verdict: { passed: true, checks: [] },
    warnings: [],
    assumptions: [],
  };
}
