import { expect, test } from '@jest/globals';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { EdgeCache, keptSeconds } from './edge-cache.ts';

test.each([
  ['public, max-age=31536000, immutable', 31_536_000],
  ['max-age=60, s-maxage=600', 600],
  ['max-age=99999999999', 31_536_000],
  ['max-age=0', 1],
  ['no-store', 1],
  ['private, max-age=60', 1],
  [undefined, 86_400],
])('an answer with cache-control %j is kept for %i s', (cacheControl, seconds) => {
  expect(keptSeconds(cacheControl)).toBe(seconds);
});

test('a kept answer is found by its path until it is too old, with its age', async () => {
  const clock = new VirtualClock();
  const cache = new EdgeCache(clock);
  const answer = { headers: { 'cache-control': 'max-age=60' }, body: Buffer.from('style') };
  cache.keep('/assets/style.css', answer);
  await clock.advance(59);
  expect(cache.find('/assets/style.css')).toEqual({ ...answer, ageSeconds: 59 });
  expect(cache.find('/assets/script.js')).toBeUndefined();
  await clock.advance(1);
  expect(cache.find('/assets/style.css')).toBeUndefined();
});
