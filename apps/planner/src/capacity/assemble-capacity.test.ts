import { describe, expect, test } from '@jest/globals';
import { loadEnvironment } from '@tideline/config';
import { type CapacityStep, type KneeSearch, capacitySchema, refusedCapacitySchema } from '@tideline/planner';
import { type Measurement, assembleCapacity } from './assemble-capacity.ts';
import { measuredUnit, unknownUnit } from './one-unit.ts';
import { renderCapacity, renderStep } from './render-capacity.ts';

const objective = { latencyPercentile: 99, latencyMilliseconds: 50, failedPercent: 0.1 };
const step: CapacityStep = {
  purpose: 'repeat',
  requestsPerSecond: 100,
  sentRequestsPerSecond: 100,
  seconds: 10,
  requests: 1000,
  latencyMilliseconds: 12,
  failedPercent: 0,
  failures: {},
  cpuPercent: 80,
  machineCpuPercent: 60,
  verdict: 'held',
};
const found: KneeSearch = {
  kind: 'found',
  requestsPerSecond: { value: 100, low: 95, high: 105 },
  method: 'repeated-crossings',
  limitedBy: 'cpu-share',
};
const measurement: Measurement = {
  unit: {
    unit: 'task',
    target: 'http://127.0.0.1:1',
    environment: { preset: 'load-driven' },
    cpu: { vCpus: 0.25, highestPercent: 100 },
    cpuShare: { enforced: false, description: 'measured, not enforced' },
  },
  objective,
  headroomPercent: 20,
  search: found,
  steps: [step],
  used: [
    { requestsPerSecond: 0, cpuPercent: 2, responseTimeMs: null },
    { requestsPerSecond: 50, cpuPercent: 42, responseTimeMs: 5 },
    { requestsPerSecond: 100, cpuPercent: 82, responseTimeMs: 9 },
  ],
  provenance: {
    ...{ commit: 'abc', node: 'v20', cpus: 2, cpuModel: 'any', platform: 'any', memoryMiB: 1 },
    ...{ measuredAt: '2026-11-29T20:00:00.000Z', wallSeconds: 120 },
  },
};

describe('the document of a measurement', () => {
  test('has what was found, CPU by rate, and the proposal', () => {
    const capacity = capacitySchema.parse(assembleCapacity(measurement));
    expect(capacity).toMatchObject({
      requestsPerSecond: { value: 100, low: 95, high: 105 },
      limitedBy: 'cpu-share',
      intervalMethod: 'repeated-crossings',
      idleCpuPercent: 2,
      cpuPercentAtCapacity: 82,
      proposal: { headroomPercent: 20, requestsPerTargetPerMinute: 4560, cpuTargetPercent: 62 },
    });
    expect(capacity.responseTimeMilliseconds).toBeCloseTo(5 * 0.58, 9);
    // 0.8 % of a quarter vCPU for each request a second.
    expect(capacity.cpuMillisecondsPerRequest).toBeCloseTo(2, 9);
    expect(capacity.remarks?.join('\n')).toMatch(/CPU was measured, not enforced/);
  });

  test('for a terminal says the rate, its interval, what breaks, and what to set', () => {
    const text = renderCapacity(assembleCapacity(measurement));
    expect(text).toContain('One task at http://127.0.0.1:1 carries 100');
    expect(text).toContain('at p99=50ms,errors=0.1%');
    expect(text).toContain('(95.0 to 105, ± 5.0 %)');
    expect(text).toContain('Above that: it would take more CPU than it reserves.');
    expect(text).toContain('CPU: 2.00 ms a request, 2.0 % idle, 82 % at that rate.');
    expect(text).toContain('requestsPerTargetPerMinute 4560, or a CPU target of 62 %.');
  });

  test('without CPU figures has none, and proposes requests alone', () => {
    const capacity = assembleCapacity({ ...measurement, unit: unknownUnit('http://127.0.0.1:1'), used: [] });
    expect(capacitySchema.parse(capacity)).toMatchObject({
      cpuMillisecondsPerRequest: null,
      idleCpuPercent: null,
      cpuPercentAtCapacity: null,
      responseTimeMilliseconds: null,
      cpuShare: null,
      proposal: { requestsPerTargetPerMinute: 4560, cpuTargetPercent: null },
    });
    expect(renderCapacity(capacity)).toContain('requestsPerTargetPerMinute 4560; CPU is no guide here.');
  });

  test.each([
    ['generator', true, /the load generator broke before the target did/],
    ['machine', true, /this machine ran out of CPU/],
    ['time', false, /time ran out below the knee/],
    ['objective', false, /the objective holds at no rate/],
  ] as const)('that %s ended has no answer, and is no capacity', (because, generatorLimited, why) => {
    const search: KneeSearch = { kind: 'refused', because, heldRequestsPerSecond: 80 };
    const document = assembleCapacity({ ...measurement, search });
    expect(capacitySchema.safeParse(document).success).toBe(false);
    const refused = refusedCapacitySchema.parse(document);
    expect(refused).toMatchObject({ requestsPerSecond: null, limitedBy: because, generatorLimited });
    expect(refused.steps).toHaveLength(1);
    expect(renderCapacity(refused)).toMatch(why);
    expect(renderCapacity(refused)).toMatch(/It held at 80.*a lower bound/);
  });

  test('remarks steps that are thin or say nothing', () => {
    const climb = { ...step, purpose: 'climb' as const, requests: 300 };
    const steps = [climb, step, { ...step, requests: 500 }, { ...step, verdict: 'machine' as const }];
    const { remarks = [] } = assembleCapacity({ ...measurement, steps });
    expect(remarks.join('\n')).toMatch(
      /1 of 3 steps that judge had fewer than the 1000 requests that p99 needs/,
    );
    expect(remarks.join('\n')).toMatch(/1 of 4 steps said nothing/);
  });

  test('remarks a full machine where nobody measured the unit', () => {
    const full = { ...step, cpuPercent: null, machineCpuPercent: 97 };
    const { remarks = [] } = assembleCapacity({
      ...{ ...measurement, unit: unknownUnit('http://127.0.0.1:1'), used: [] },
      steps: [step, full],
    });
    expect(remarks).toEqual([expect.stringMatching(/^in 1 of 2 steps the machine .* had no CPU to spare/)]);
  });

  test('a step is one line', () => {
    expect(renderStep(step)).toMatch(/^repeat +100 requests\/s +10 s +12 ms +failed 0\.0 % +CPU 80 % +held$/);
    expect(renderStep({ ...step, cpuPercent: null, verdict: 'latency' })).toMatch(/CPU - +broke: latency$/);
  });
});

test('a twin with another number of tasks than one is refused with the settings that leave one', async () => {
  const service = { desired: 2, pending: 0, running: 2, healthy: 2, unhealthy: 0, draining: 0 };
  const environment = await loadEnvironment({ preset: 'load-driven', set: [], variables: {} });
  expect(() => measuredUnit('http://127.0.0.1:1', { service }, environment)).toThrow(
    /^TL-CAPACITY-UNITS http:\/\/127\.0\.0\.1:1 has 2 running tasks; .*--set capacity\.min=1 --set capacity\.max=1/,
  );
});
