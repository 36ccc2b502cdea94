import { describe, expect, test } from '@jest/globals';
import { SimulatedServer, verdictsOf } from '../../test/simulated-server.ts';
import type { StepVerdict } from './capacity.ts';
import { halfWidth } from './knee-interval.ts';
import {
  type KneeSearch,
  type SearchSurroundings,
  type StepPurpose,
  resolution,
  searchKnee,
} from './search-knee.ts';
import { requestsToJudge, stepSeconds } from './step-length.ts';

const always = { hasTime: () => true, startRequestsPerSecond: 10 };

/** A server that holds up to a rate, and not beyond. */
const sharp = (knee: number, verdict: StepVerdict = 'latency') =>
  searchKnee({ ...always, runStep: (rate) => Promise.resolve(rate <= knee ? 'held' : verdict) });

const found = (search: KneeSearch) => {
  if (search.kind !== 'found') throw new Error(`refused because of ${search.because}`);
  return search;
};

describe('the search for the knee', () => {
  test.each([0.7, 3, 10, 11, 137, 4242])(
    'of a server without noise at %d/s ends within its grid',
    async (knee) => {
      const { requestsPerSecond, method, limitedBy } = found(await sharp(knee));
      expect(method).toBe('repeated-crossings');
      expect(limitedBy).toBe('latency');
      expect(requestsPerSecond.low).toBeLessThanOrEqual(knee);
      expect(requestsPerSecond.high).toBeGreaterThanOrEqual(knee);
      expect(halfWidth(requestsPerSecond)).toBeCloseTo(Math.log(1 + resolution) / 2, 4);
    },
  );

  describe('of a simulated M/D/1 queue', () => {
    const objective = { latencyPercentile: 95 };
    const limitMs = 40;
    const truth = new SimulatedServer({ serviceMs: 10, seed: 2 }).kneeRequestsPerSecond(limitMs, 95);

    /** Searches by steps of so many times the requests that they must have. */
    const searchOf = async (seed: number, length: number) => {
      const server = new SimulatedServer({ serviceMs: 10, seed });
      const runStep: SearchSurroundings['runStep'] = (rate) => {
        const requests = Math.max(
          requestsToJudge(objective),
          Math.round(rate * stepSeconds(rate, objective)),
        );
        const latencyMs = server.latencyMs(rate, requests * length, 95);
        return Promise.resolve(latencyMs <= limitMs ? 'held' : 'latency');
      };
      return found(await searchKnee({ ...always, runStep })).requestsPerSecond;
    };

    test('finds the true one within its interval in at least 36 of 40 runs, each within 10 %', async () => {
      const intervals = await Promise.all(Array.from({ length: 40 }, (_, seed) => searchOf(1000 + seed, 4)));
      const hits = intervals.filter(({ low, high }) => low <= truth && truth <= high);
      expect(hits.length).toBeGreaterThanOrEqual(36);
      expect(Math.max(...intervals.map(halfWidth))).toBeLessThanOrEqual(0.1);
    });

    test('by the shortest steps lies a little above, because each begins without a queue', async () => {
      const intervals = await Promise.all(Array.from({ length: 40 }, (_, seed) => searchOf(1000 + seed, 1)));
      const mean = intervals.reduce((sum, { value }) => sum + value, 0) / intervals.length;
      expect(mean / truth).toBeGreaterThan(1);
      expect(mean / truth).toBeLessThan(1.06);
    });
  });

  describe('of a simulated M/G/1 queue, within the ten minutes that a measurement has by itself', () => {
    const objective = { latencyPercentile: 99 };
    const limitMs = 50;
    /** Wall time that a step takes besides its load, and all of a search, seconds. */
    const [overheadSeconds, totalSeconds] = [2.5, 600];
    const latencyMs = (server: SimulatedServer, rate: number, purpose?: StepPurpose): number =>
      server.latencyMs(rate, Math.round(rate * stepSeconds(rate, objective, purpose)), 99);

    /** The rate at which half of the steps hold: what a search estimates. */
    function kneeOf(variation: number): number {
      const server = new SimulatedServer({ serviceMs: 5, variation, seed: 99 });
      let [low, high] = [20, 200];
      while (high / low > 1.005) {
        const rate = (low + high) / 2;
        const held = Array.from({ length: 60 }, () => latencyMs(server, rate) <= limitMs);
        if (held.filter(Boolean).length > 30) low = rate;
        else high = rate;
      }
      return (low + high) / 2;
    }

    const searchOf = async (variation: number, seed: number) => {
      const server = new SimulatedServer({ serviceMs: 5, variation, seed });
      let nowSeconds = 0;
      return found(
        await searchKnee({
          startRequestsPerSecond: 10,
          hasTime: (rate) => nowSeconds + stepSeconds(rate, objective) + overheadSeconds <= totalSeconds,
          runStep: (rate, purpose) => {
            nowSeconds += stepSeconds(rate, objective, purpose) + overheadSeconds;
            return Promise.resolve(latencyMs(server, rate, purpose) <= limitMs ? 'held' : 'latency');
          },
        }),
      ).requestsPerSecond;
    };

    // Of 50 intervals of 95 % at least 44 hold the truth with a probability of 99 %.
    test.each([
      { variation: 0.5, seeds: 50, hits: 44, within10Percent: 50 },
      // Where times vary as much as they are long, the curve is so flat that ten minutes are too few, and intervals too narrow.
      { variation: 1, seeds: 12, hits: 8, within10Percent: 5 },
    ])(
      'and times that vary by $variation: $seeds seeds, at least $hits hold the knee, $within10Percent are within 10 %',
      async ({ variation, seeds, hits, within10Percent }) => {
        const knee = kneeOf(variation);
        const intervals = await Promise.all(
          Array.from({ length: seeds }, (_, seed) => searchOf(variation, 1000 + seed)),
        );
        const held = intervals.filter(({ low, high }) => low <= knee && knee <= high).length;
        const narrow = intervals.filter((interval) => halfWidth(interval) <= 0.1).length;
        expect({ held: held >= hits, narrow: narrow >= within10Percent }).toEqual({
          held: true,
          narrow: true,
        });
      },
      60_000,
    );
  });

  test('names what broke most often at the knee', async () => {
    expect(found(await sharp(50, 'errors')).limitedBy).toBe('errors');
    expect(found(await sharp(50, 'cpu-share')).limitedBy).toBe('cpu-share');
  });

  test('makes a step again that the generator or its machine kept from an answer', async () => {
    const rates: number[] = [];
    let isDisturbed = false;
    const runStep = (rate: number): Promise<StepVerdict> => {
      rates.push(rate);
      isDisturbed = !isDisturbed;
      if (isDisturbed) return Promise.resolve('machine');
      return Promise.resolve(rate <= 33 ? 'held' : 'latency');
    };
    const { requestsPerSecond } = found(await searchKnee({ ...always, runStep }));
    expect(requestsPerSecond.low).toBeLessThanOrEqual(33);
    expect(requestsPerSecond.high).toBeGreaterThanOrEqual(33);
    expect(rates.slice(0, 4)).toEqual([10, 10, 20, 20]);
  });

  test('refuses where the generator is what broke, with the highest rate that held', async () => {
    const runStep = (rate: number) => Promise.resolve<StepVerdict>(rate <= 100 ? 'held' : 'generator');
    const search = await searchKnee({ ...always, runStep });
    expect(search).toMatchObject({ kind: 'refused', because: 'generator' });
    if (search.kind === 'refused') expect(search.heldRequestsPerSecond).toBeGreaterThan(80);
  });

  test('finds a knee below the rate at which the generator breaks', async () => {
    const runStep = (rate: number) =>
      Promise.resolve<StepVerdict>(rate <= 50 ? 'held' : rate > 70 ? 'generator' : 'latency');
    expect(found(await searchKnee({ ...always, runStep })).requestsPerSecond.value).toBeCloseTo(50, -1);
  });

  test('refuses where the objective holds at no rate', async () => {
    const search = await searchKnee({ ...always, runStep: verdictsOf(['latency']) });
    expect(search).toEqual({ kind: 'refused', because: 'objective', heldRequestsPerSecond: null });
  });

  test('refuses when time runs out below the knee', async () => {
    let left = 3;
    const search = await searchKnee({
      ...always,
      runStep: verdictsOf(['held']),
      hasTime: () => (left -= 1) >= 0,
    });
    expect(search).toEqual({ kind: 'refused', because: 'time', heldRequestsPerSecond: 40 });
  });

  test('answers with the bracket when time runs out before the knee was crossed again', async () => {
    let left = 6;
    const runStep = (rate: number) => Promise.resolve<StepVerdict>(rate <= 30 ? 'held' : 'errors');
    const search = found(await searchKnee({ ...always, runStep, hasTime: () => (left -= 1) >= 0 }));
    expect(search).toMatchObject({ method: 'bracket', limitedBy: 'errors' });
    const { low, value, high } = search.requestsPerSecond;
    expect(low).toBeLessThanOrEqual(30);
    expect(high).toBeGreaterThanOrEqual(30);
    expect(value).toBeCloseTo(Math.sqrt(low * high), 6);
  });

  test('a bracket whose ends have crossed reaches a step beyond both', async () => {
    // 10, 20, 40 climb; 28.3 and 33.6 bisect; 30.8 does not hold, 28.5 does, and then 30.8 and 33.4, too.
    const verdicts: StepVerdict[] = [
      ...(['held', 'held', 'latency', 'held', 'latency'] as const),
      ...(['latency', 'held', 'held', 'held'] as const),
    ];
    let left = verdicts.length;
    const hasTime = () => (left -= 1) >= 0;
    const search = found(await searchKnee({ ...always, runStep: verdictsOf(verdicts), hasTime }));
    const middle = 20 * 2 ** 0.625;
    expect(search.method).toBe('bracket');
    expect(search.requestsPerSecond.low).toBeCloseTo(middle / (1 + resolution), 6);
    expect(search.requestsPerSecond.high).toBeCloseTo(middle * (1 + resolution) ** 3, 6);
  });
});
