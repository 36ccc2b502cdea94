import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../clock/virtual-clock.ts';
import { HealthCheck, type Probe, type ProbeRequest } from './health-check.ts';
import type { ProbeResult } from './target-health.ts';

const settings = {
  path: '/health',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  gracePeriodSeconds: 0,
};
const success: ProbeResult = { kind: 'answer', status: 200 };

/** A check whose probes end only when the test says so. */
function start(clock: VirtualClock = new VirtualClock()) {
  const probes: { at: number; request: ProbeRequest; finish: (result: ProbeResult) => void }[] = [];
  const results: ProbeResult[] = [];
  const probe: Probe = (request) =>
    new Promise((finish) => probes.push({ at: clock.now(), request, finish }));
  const check = new HealthCheck({
    clock,
    settings,
    target: { host: '10.0.0.1', port: 3000 },
    path: '/dev/health',
    probe,
    onResult: (result) => results.push(result),
  });
  return { clock, probes, results, check };
}

describe('HealthCheck', () => {
  test('probes at once and then once an interval', async () => {
    const { clock, probes, results } = start();
    for (const seconds of [0, 30, 30]) {
      await clock.advance(seconds);
      probes.at(-1)!.finish(success);
    }
    await clock.advance(29);
    expect(probes.map(({ at }) => at)).toEqual([0, 30, 60]);
    expect(results).toEqual([success, success, success]);
    expect(probes[0]!.request).toMatchObject({
      host: '10.0.0.1',
      port: 3000,
      path: '/dev/health',
      timeoutMs: 5000,
    });
  });

  test('a probe that outlasts the interval delays the next one', async () => {
    const { clock, probes } = start();
    await clock.advance(100);
    expect(probes).toHaveLength(1);
    probes[0]!.finish({ kind: 'timeout' });
    await clock.advance(0);
    expect(probes.map(({ at }) => at)).toEqual([0, 100]);
  });

  test('compressed time does not shorten the wall time of a probe below a second', async () => {
    class FastClock extends VirtualClock {
      override readonly speed = 60 as 1;
    }
    const { clock, probes } = start(new FastClock());
    await clock.advance(0);
    expect(probes[0]!.request.timeoutMs).toBe(1000);
  });

  test('a stopped check probes no more and reports nothing', async () => {
    const { clock, probes, results, check } = start();
    await clock.advance(0);
    check.stop();
    expect(probes[0]!.request.signal.aborted).toBe(true);
    probes[0]!.finish(success);
    await clock.advance(100);
    expect(probes).toHaveLength(1);
    expect(results).toEqual([]);
  });
});
