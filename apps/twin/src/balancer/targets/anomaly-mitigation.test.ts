import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../clock/virtual-clock.ts';
import { AnomalyMitigation, type MitigatedTarget, countAnomalies, mitigate } from './anomaly-mitigation.ts';
import { WeightedRandom } from './weighted-random.ts';

const target = (answers: number, errors: number, weight = 1): MitigatedTarget => ({
  weight,
  outcomes: { answers, errors },
});
const weights = (targets: readonly MitigatedTarget[]): readonly number[] =>
  targets.map(({ weight }) => Number(weight.toFixed(2)));

describe('mitigate', () => {
  test.each([
    ['none fails', [target(100, 0), target(100, 0), target(100, 0)], [1, 1, 1]],
    ['all fail alike', [target(100, 50), target(100, 50), target(100, 50)], [1, 1, 1]],
    ['one fails far more', [target(100, 40), target(100, 1), target(100, 0)], [0.1, 1, 1]],
    ['one fails a little more', [target(100, 9), target(100, 0), target(100, 0)], [1, 1, 1]],
    ['there are but two', [target(100, 100), target(100, 0)], [1, 1]],
    ['one has had too few requests', [target(5, 5), target(100, 0), target(100, 0)], [1, 1, 1]],
  ])('where %s', (_, targets, expected) => {
    mitigate(targets, 10);
    expect(weights(targets)).toEqual(expected);
  });

  test('tells what the latest reading found from what still gets fewer requests', () => {
    const targets = [target(100, 40), target(100, 0), target(100, 0)];
    expect(countAnomalies(targets)).toEqual({ anomalous: 0, mitigated: 0 });
    mitigate(targets, 10);
    expect(countAnomalies(targets)).toEqual({ anomalous: 1, mitigated: 1 });
    for (const { outcomes } of targets) outcomes.answers = 20;
    mitigate(targets, 10);
    expect(countAnomalies(targets)).toEqual({ anomalous: 0, mitigated: 1 });
  });

  test('a target that fails no more gets its share back step by step', () => {
    const targets = [target(0, 0, 0.1), target(0, 0), target(0, 0)];
    const seen = Array.from({ length: 10 }, () => {
      for (const { outcomes } of targets) outcomes.answers = 20;
      mitigate(targets, 10);
      return weights(targets)[0];
    });
    expect(seen).toEqual([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1]);
  });

  test('requests of a quiet target add up over the periods', () => {
    const targets = [target(6, 6), target(100, 0), target(100, 0)];
    mitigate(targets, 10);
    expect(weights(targets)).toEqual([1, 1, 1]);
    for (const [index, { outcomes }] of targets.entries()) outcomes.answers += index === 0 ? 6 : 100;
    targets[0]!.outcomes.errors += 6;
    mitigate(targets, 10);
    expect(weights(targets)).toEqual([0.1, 1, 1]);
  });
});

test('anomalies are looked for every five seconds, until the group closes', async () => {
  const clock = new VirtualClock();
  let readings = 0;
  const mitigation = new AnomalyMitigation(clock, () => readings++);
  await clock.advance(14);
  expect(readings).toBe(2);
  mitigation.stop();
  await clock.advance(60);
  expect(readings).toBe(2);
});

describe('WeightedRandom', () => {
  const candidates = [1, 0.5, 0.1].map((weight, index) => ({
    id: index,
    weight,
    requestsInFlight: 0,
    slowStartedAt: undefined,
  }));

  test('gives each target its share of the draws', () => {
    let draw = -1;
    const router = new WeightedRandom<(typeof candidates)[number]>(() => (++draw % 1600) / 1600);
    const hits = [0, 0, 0];
    for (let turn = 0; turn < 1600; turn++) hits[router.choose(candidates)!.id]!++;
    // Sums of fractions are exact to one draw.
    expect(hits.map((count) => Math.round(count / 10) * 10)).toEqual([1000, 500, 100]);
  });

  test('chooses the last one at the far end, and none among none', () => {
    expect(
      new WeightedRandom<(typeof candidates)[number]>(() => 0.9999999999999999).choose(candidates)?.id,
    ).toBe(2);
    expect(new WeightedRandom(() => 0).choose([])).toBeUndefined();
  });
});
