import { expect, test } from '@jest/globals';
import { mergedHistory } from './scaling-history.ts';

const history = (...times: readonly string[]) => ({
  latest: (count: number) =>
    Promise.resolve(times.slice(0, count).map((at) => ({ at, description: '', cause: '', status: '' }))),
});

test('what tasks and instances did is told as one history, latest first', async () => {
  const merged = mergedHistory([
    history('2026-01-01T00:03:00Z', '2026-01-01T00:01:00Z'),
    history('2026-01-01T00:04:00Z', '2026-01-01T00:02:00Z'),
  ]);
  expect((await merged.latest(3)).map(({ at }) => at.slice(14, 16))).toEqual(['04', '03', '02']);
});
