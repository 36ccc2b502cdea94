import type { Measured } from '../src/measure-all.ts';
import type { BenchReport } from '../src/report/bench-report.ts';
import { fullSettings } from '../src/settings.ts';

/** A run in which nginx was missing, the API fell short, and the load runner did not start. */
export const sampleMeasured: Measured = {
  outcomes: [
    {
      figures: [
        {
          name: 'simulate',
          value: 0.1234,
          min: 0.1234,
          max: 0.2,
          detail: '30 days, 3 policies, best of 3: 243 days per second',
          rounds: { simulate: [0.2, 0.15, 0.1234] },
        },
      ],
      simulate: {
        days: 30,
        policies: 3,
        seconds: 0.1234,
        attemptSeconds: [0.2, 0.15, 0.1234],
        attemptCpuSeconds: [0.3, 0.16, 0.13],
        daysPerSecond: 243,
        datapoints: 129_600,
        decisions: 500,
        peakRunning: 20,
      },
    },
    {
      figures: [
        {
          name: 'apiVsHono',
          value: 0.79999,
          min: 0.7,
          max: 0.9,
          detail: 'api 8,000 against hono 10,000 requests/s',
          rounds: { api: [8000], hono: [10_000] },
        },
        {
          name: 'apiVsNodeHttp',
          value: 0.6,
          min: 0.6,
          max: 0.6,
          detail: 'api 8,000 against node:http 13,333 requests/s',
          rounds: { api: [8000], 'node:http': [13_333] },
        },
      ],
    },
    {
      figures: [
        {
          name: 'balancerAddedP50Ms',
          value: 0.45,
          min: 0.4,
          max: 0.5,
          detail: 'p50/p99 ms at 1000 requests/s: direct 0.30/2.00, balancer 0.75/4.00',
          rounds: { direct: [0.3], balancer: [0.75] },
        },
      ],
      pacedLatencyMs: {
        askedRequestsPerSecond: 1000,
        direct: { p50: 0.3, p99: 2 },
        balancer: { p50: 0.75, p99: 4 },
        nginx: null,
        rounds: 4,
        generatorLimitedRounds: 1,
      },
    },
    {
      figures: [
        {
          name: 'balancerCpuSmall',
          value: 1.5,
          min: 1.4,
          max: 1.6,
          detail: 'CPU per request, 52 B: balancer 15.0 µs, nginx 10.0 µs',
          rounds: { balancer: [14, 15, 16], nginx: [10, 10, 10] },
        },
      ],
      cpu: [
        {
          scenario: '52 B',
          baseline: 'nginx',
          contenders: [
            { name: 'balancer', microsecondsPerRequest: [14, 15, 16], requestsPerSecond: [50, 60, 70] },
            { name: 'nginx', microsecondsPerRequest: [10, 10, 10], requestsPerSecond: [80, 90, 99] },
          ],
        },
      ],
    },
  ],
  skipped: [{ name: 'balancerVsNginx', reason: 'nginx was not found' }],
  failed: [{ name: 'loadRunnerVsAutocannon', reason: 'load-runner printed nothing' }],
};

export const sampleRun: Pick<BenchReport, 'startedAt' | 'finishedAt' | 'provenance' | 'loadTool'> & {
  readonly settings: typeof fullSettings;
} = {
  startedAt: '2026-03-01T10:00:00.000Z',
  finishedAt: '2026-03-01T10:02:30.000Z',
  provenance: {
    commit: '0123456789abcdef0123456789abcdef01234567',
    node: 'v20.20.2',
    cpus: 2,
    cpuModel: 'Processor',
    platform: 'Linux 6.1 x64',
    memoryMiB: 4096,
    loadAverageBefore: 0.2,
  },
  loadTool: 'wrk 4.1.0 -t1 -c50',
  settings: fullSettings,
};
