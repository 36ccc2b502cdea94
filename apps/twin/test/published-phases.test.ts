import { describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { ModelledTwin } from './modelled-twin.ts';
import {
  type PhaseTimes,
  type PublishedPair,
  benchmarkLoads,
  nearness,
  publishedPairs,
  simulatedPhases,
  twinPhases,
} from './published-phases.ts';

const times = ['decisionSeconds', 'capacitySeconds'] as const;

function expectNear(phases: readonly PhaseTimes[], pair: PublishedPair): void {
  expect(phases).toHaveLength(pair.resolutionSeconds);
  for (const time of times) {
    const { medianError, shareWithinTenth } = nearness(phases, pair, time);
    expect(Math.abs(medianError)).toBeLessThanOrEqual(0.05);
    expect(shareWithinTenth).toBeGreaterThanOrEqual(0.85);
  }
}

test('a load that begins as soon as the service runs is judged by whole minutes only, so its decision comes no earlier', async () => {
  const decidedAt = async (begin: number) => {
    const twin = new ModelledTwin(resolveEnvironment(presetInput('fargate-alb')));
    await twin.clock.advance(begin);
    twin.setRate(25);
    await twin.clock.advance(600);
    twin.close();
    return twin.moves()[0]?.cloudSeconds;
  };
  // Of the first minute, in which the tasks start, 21 s are seen: the first datapoint is that of the second minute.
  expect(await decidedAt(39)).toBe(4 * 60 + 168);
});

describe.each(publishedPairs)(
  'with metrics of $resolutionSeconds s, over all phases in which a load can begin',
  (pair) => {
    test.each(benchmarkLoads)(
      'a load that $means comes within 5 % of AWS’s times at the median and within 10 % in 85 % of the phases, on the twin as in the simulator',
      async ({ requestsPerSecond }) => {
        const run = { ...pair, requestsPerSecond };
        const simulated = simulatedPhases(run);
        const twin = await twinPhases(run);
        expectNear(simulated, pair);
        expectNear(twin, pair);
        expect(twin.map(({ decisionSeconds }) => decisionSeconds)).toEqual(
          simulated.map(({ decisionSeconds }) => decisionSeconds),
        );
      },
      30_000,
    );
  },
);
