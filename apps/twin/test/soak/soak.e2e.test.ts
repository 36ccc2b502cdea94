import { expect, test } from '@jest/globals';
import { type SequenceResult, runSoak } from './run-soak.ts';

test('a random sequence of deployments, scalings, kills and zone losses loses nothing but what the named assumptions cost', async () => {
  const results: SequenceResult[] = [];
  await runSoak({
    seed: 1,
    requests: 4000,
    sequences: 1,
    speed: 30,
    onSequence: (result) => results.push(result),
  });
  const [result] = results;
  expect(result).toMatchObject({ sent: 4000, unaccounted: {} });
  const lost = Object.values(result?.lost ?? {}).reduce((sum, count) => sum + count, 0);
  expect((result?.answered ?? 0) + lost).toBe(4000);
  expect(result?.counts.kill).toBeGreaterThan(0);
}, 120_000);
