import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Environment, loadEnvironment } from '@tideline/config';
import type { RunRecord } from '@tideline/evidence';
import { type Capacity, type Trace, assumedCapacity, withSettings } from '@tideline/planner';
import { driveAt } from './drive-at.ts';
import { renderProofPage } from './page/render-proof-page.ts';
import { proofDocument } from './prove-document.ts';
import { type ProofDocument, proofSchema } from './proof-schema.ts';
import { renderProof } from './render-proof.ts';

let environment: Environment;
let capacity: Capacity;
/** 20 minutes at 100 requests/s, then 20 at 240. */
const trace: Trace = {
  name: 'ramp <b>',
  startedAt: new Date('2026-03-02T08:00:00Z'),
  stepSeconds: 60,
  requestsPerSecond: Array.from({ length: 40 }, (_, minute) => (minute < 20 ? 100 : 240)),
  remarks: [],
};
beforeAll(async () => {
  environment = await loadEnvironment({
    preset: 'load-driven',
    set: ['scaling.policies.1.metric.targetPercent=90'],
  });
  const assumed = assumedCapacity(environment);
  if (assumed === null) throw new Error('the preset tracks requests');
  ({ capacity } = assumed);
});

/** A run of that load from cloud second 100 on, as a twin would record it, with its one scale-out at an instant. */
function proof(scaledAtSeconds: number, runningAtSeconds = scaledAtSeconds + 23): ProofDocument {
  const counts = { desired: 2, running: 2, healthy: 2 };
  const after = { desired: 4, running: 4, healthy: 4 };
  const record = {
    load: {
      ...{ fromCloudSeconds: 100, toCloudSeconds: 2500, generatorLimited: false },
      series: trace.requestsPerSecond.map((requestsPerSecond, minute) => ({
        cloudSeconds: 100 + minute * 60,
        requestsPerSecond,
      })),
    },
    scaling: {
      timeline: [
        { cloudSeconds: 0, ...counts },
        { cloudSeconds: 100 + runningAtSeconds, ...after },
      ],
      activities: [
        {
          cloudSeconds: 100 + scaledAtSeconds,
          from: 2,
          to: 4,
          policy: 'requests-per-target',
          status: 'Successful',
        },
        {
          cloudSeconds: 160 + scaledAtSeconds,
          from: 4,
          to: 4,
          policy: 'requests-per-target',
          status: 'NotScaled',
        },
      ],
      metrics: [],
    },
    ...{ environment: {}, speed: [], wallSeconds: 50, provenance: { cpus: 2 } },
  } as unknown as RunRecord;
  const { capacity: bounds, scaling } = environment;
  return proofDocument({
    driven: driveAt({ environment, trace, capacity }, 1000),
    policy: {
      which: 'current',
      choice: null,
      settings: { capacity: bounds, scaling: { policies: scaling.policies } },
    },
    part: { fromStep: 120, steps: 40, scaleOuts: 1, scaleIns: 0, distancePercent: 3 },
    ...{
      capacity,
      record,
      recordFile: 'runs/one/run-record.json',
      speed: 60,
      loadAverage: 1.5,
      machineBusyPercent: 60,
      seed: 1,
    },
    remarks: [],
  });
}

describe('a proof', () => {
  test('has the prediction of the simulator beside the record, from the start of the load on', () => {
    const { agreement, predicted } = proof(0);
    const predictedAt = agreement.moves.find((pair) => pair.predicted !== null)?.predicted?.seconds;
    // Three minutes above the target from second 1200 on, and what publication and evaluation take.
    expect(predictedAt).toBeGreaterThan(1380);
    expect(predictedAt).toBeLessThan(1680);
    const document = proof(predictedAt ?? 0, predicted.running[1]?.seconds);
    expect(document).toMatchObject({
      ...{ kind: 'proof', schemaVersion: 1, unit: 'task', agrees: true },
      part: { fromSeconds: 7200, toSeconds: 9600, startedAt: '2026-03-02T08:00:00.000Z' },
      run: { rateFactor: 1, startUnits: 2, cpus: 2 },
      agreement: { equalMinutesPercent: 100, moves: [{ measured: { from: 2, to: 4 } }] },
      measured: { peakUnits: 4, scaleEvents: 1 },
      predicted: { peakUnits: 4, scaleEvents: 1 },
    });
    expect(document.measured.elasticity.requests).toBe(20 * 60 * 340);
    expect(document.predicted.elasticity.requests).toBe(20 * 60 * 340);
    expect(document.remarks.map(({ code }) => code)).toEqual(['TL-PROVE-PART']);
  });

  test('is what its schema says, and nothing else', () => {
    const written: unknown = JSON.parse(JSON.stringify(proof(600)));
    expect(proofSchema.parse(written)).toEqual(written);
  });

  test('says where prediction and twin part', () => {
    const document = proof(600);
    expect(document.agrees).toBe(false);
    const text = renderProof(document, { color: false });
    expect(text).toMatch(/^Proof for load-driven: prediction and twin part$/m);
    expect(text).toMatch(/^ {2}PARTS {2}cloud minutes with equal tasks/m);
    expect(text).toMatch(/no counterpart/);
    expect(text).toMatch(/^Where they part$/m);
    expect(text).toMatch(/^ {2}\d+ to \d+ +2 +4$/m);
    expect(text.split('\n').filter((line) => line.length > 100 || line.endsWith(' '))).toEqual([]);
    expect(renderProofPage(document)).toMatch(/<h3>Where they part<\/h3>/);
  });

  test('is one page that needs nothing else', () => {
    const page = renderProofPage(proof(600));
    expect(page).toContain('<title>Proof for load-driven – Tideline</title>');
    expect(page).toContain('{\n  &quot;capacity&quot;: {\n');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|ramp <b>/);
    for (const name of ['predicted', 'measured', 'demand']) expect(page).toContain(`class="line ${name}"`);
  });
});

describe('rates that one machine cannot drive', () => {
  test('are scaled with capacity and targets in requests, and counts stay the same', () => {
    const driven = driveAt({ environment, trace, capacity }, 60);
    expect(driven.factor).toBe(0.25);
    expect(Math.max(...driven.trace.requestsPerSecond)).toBe(60);
    expect(driven.capacity.requestsPerSecond.value).toBe(capacity.requestsPerSecond.value / 4);
    expect(driven.environment.scaling.policies).toMatchObject([
      { metric: { requestsPerTargetPerMinute: 975 } },
      { metric: { targetPercent: 90 } },
    ]);
    // 0.5 ms of HTTP and logging at all rates are 2 ms at a quarter of them, of which 0.5 are there.
    expect(driven.environment.container.cpuMillisecondsPerRequest).toBe(2);
  });

  test('take the thresholds of steps with them', () => {
    const stepped = withSettings(environment, {
      capacity: environment.capacity,
      policies: [
        {
          ...{ type: 'step', name: 'high', metric: { kind: 'requests-per-target' } },
          alarm: { comparison: 'GreaterThanThreshold', threshold: 4000, evaluationPeriods: 1 },
          adjustmentType: 'ChangeInCapacity',
          steps: [
            { lowerBound: 0, upperBound: 800, adjustment: 1 },
            { lowerBound: 800, upperBound: null, adjustment: 2 },
          ],
        },
      ],
    });
    expect(driveAt({ environment: stepped, trace, capacity }, 60).environment.scaling.policies).toMatchObject(
      [{ alarm: { threshold: 1000 }, steps: [{ upperBound: 200 }, { lowerBound: 200, upperBound: null }] }],
    );
  });
});
