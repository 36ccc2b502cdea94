import { describe, expect, test } from '@jest/globals';
import { LoadTally } from '../load/figures/load-tally.ts';
import { loadRemarks } from './load-remarks.ts';
import type { RunTrace } from './run.ts';

const healthy = { limited: false, strained: false };
const unbucketed = { answered: () => undefined, failed: () => undefined };

/** The remarks on ten answers of an endpoint: these statuses in turn, with bodies of this size. */
function remarksOn(method: 'GET' | 'POST', statuses: readonly number[], bodyBytes = 10) {
  const tally = new LoadTally(unbucketed, [{ method, path: '/' }]);
  for (let index = 0; index < 10; index += 1) {
    tally.requestSent(0);
    const statusCode = statuses[index % statuses.length] ?? 200;
    tally.requestAnswered(0, { statusCode, bodyBytes, latencyMs: 1 });
  }
  const trace = { load: { tally }, busyShare: 0, lost: null } as unknown as RunTrace;
  return loadRemarks(trace, healthy);
}

describe('a load that succeeded', () => {
  test('and met redirects alone is warned about, with the statuses', () => {
    const [remark, ...more] = remarksOn('GET', [301, 301, 308, 301, 301]);
    expect(more).toEqual([]);
    expect(remark?.code).toBe('TL-RUN-REDIRECTS');
    expect(remark?.message).toContain('GET / answered 10 of 10 requests with a redirect (8 × 301, 2 × 308)');
  });

  test.each([
    ['half of the answers are redirects', 'GET', [200, 302]],
    ['a form is answered with the page to read next', 'POST', [303]],
    ['a form is answered so by old habit', 'POST', [302]],
    ['what was asked for has not changed', 'GET', [304]],
    ['every answer is a page', 'GET', [200]],
    ['nothing is there: that is a failure already', 'GET', [404]],
  ] as const)('is not warned about where %s', (_, method, statuses) => {
    expect(remarksOn(method, statuses)).toEqual([]);
  });

  test('and whose form is sent elsewhere is warned about', () => {
    expect(remarksOn('POST', [307]).map(({ code }) => code)).toEqual(['TL-RUN-REDIRECTS']);
  });

  test.each([200, 204])('and read empty pages of %d alone is warned about', (status) => {
    const [remark] = remarksOn('GET', [status], 0);
    expect(remark?.code).toBe('TL-RUN-EMPTY');
    expect(remark?.message).toContain('10 of 10 successful requests without a body');
  });

  test('and wrote something that is answered without a body is not warned about', () => {
    expect(remarksOn('POST', [204], 0)).toEqual([]);
  });
});
