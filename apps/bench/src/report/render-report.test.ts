import { describe, expect, test } from '@jest/globals';
import { sampleMeasured, sampleRun } from '../../test/sample-measured.ts';
import { benchReport } from './bench-report.ts';
import { renderReport } from './render-report.ts';

describe('renderReport', () => {
  test('shows each figure beside its target', () => {
    expect(renderReport(benchReport(sampleMeasured, sampleRun)).split('\n')).toEqual([
      '2 x Processor, Node v20.20.2, commit 0123456789ab',
      'wrk 4.1.0 -t1 -c50; 5 rounds of 3 s in turns, ratio of medians; Rounds: lowest and highest of single rounds',
      'Paced rounds left out, because the load runner fell behind its own rate: 1 of 5.',
      '',
      'Figure                Value  Rounds          Target         Met      Measured',
      '──────────────────  ───────  ──────────────  ─────────────  ───────  ───────────────────────────────────────────────────────────────────',
      'simulate            0.123 s  0.123 to 0.200  at most 0.1 s  not met  30 days, 3 policies, best of 3: 243 days per second',
      'apiVsHono              0.80  0.70 to 0.90    at least 0.8   not met  api 8,000 against hono 10,000 requests/s',
      'apiVsNodeHttp          0.60  0.60 to 0.60    none                    api 8,000 against node:http 13,333 requests/s',
      'balancerAddedP50Ms  0.45 ms  0.40 to 0.50    at most 1 ms   met      p50/p99 ms at 1000 requests/s: direct 0.30/2.00, balancer 0.75/4.00',
      'balancerCpuSmall       1.50  1.40 to 1.60    at most 1.25   not met  CPU per request, 52 B: balancer 15.0 µs, nginx 10.0 µs',
      '',
      'User and system time per request, each server alone on a core; 16 rounds of 1 s in turns, medians; ratios to the first of each load',
      '',
      'CPU µs per request  Median  Rounds        Ratio  Requests/s  Rounds    Ratio',
      '──────────────────  ──────  ────────────  ─────  ──────────  ────────  ─────',
      '52 B',
      '  nginx               10.0  10.0 to 10.0   1.00          90  80 to 99   1.00',
      '  balancer            15.0  14.0 to 16.0   1.50          60  50 to 70   0.67',
      '',
      'Skipped:',
      '  balancerVsNginx: nginx was not found',
      '',
      'Failed:',
      '  loadRunnerVsAutocannon: load-runner printed nothing',
      '',
    ]);
  });

  test('says when the machine was busy with other work', () => {
    const busy = { ...sampleRun, provenance: { ...sampleRun.provenance, loadAverageBefore: 6.5 } };
    expect(renderReport(benchReport(sampleMeasured, busy))).toContain(
      'The machine was busy before this began (load average 6.5).',
    );
  });
});
