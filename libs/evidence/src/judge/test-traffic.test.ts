import { describe, expect, test } from '@jest/globals';
import type { TestTraffic } from '@tideline/config';
import fc from 'fast-check';
import { type TestAnswer, judgeTestTraffic, sendTestTraffic } from './test-traffic.ts';

const traffic: TestTraffic = {
  paths: ['/dev/health', '/dev/'],
  requests: 2,
  statuses: { lowest: 200, highest: 200 },
  responseWithinMs: 5000,
};
const ok: TestAnswer = { kind: 'answer', status: 200 };

const anyAnswer: fc.Arbitrary<TestAnswer> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(ok) },
  fc.record({ kind: fc.constant('answer' as const), status: fc.integer({ min: 100, max: 599 }) }),
  fc.constant({ kind: 'timeout' as const }),
  fc.record({ kind: fc.constant('failed' as const), cause: fc.string() }),
);
const anyTraffic: fc.Arbitrary<TestTraffic> = fc.record({
  paths: fc.array(fc.constantFrom('/', '/health', '/stock'), { minLength: 1, maxLength: 4 }),
  requests: fc.integer({ min: 1, max: 4 }),
  statuses: fc.constantFrom({ lowest: 200, highest: 200 }, { lowest: 200, highest: 499 }),
  responseWithinMs: fc.constant(100),
});

describe('test traffic', () => {
  test('asks each path in turn, as often as it is to, and passes a version that answered all of it', async () => {
    const asked: string[] = [];
    const ask = (path: string) => {
      asked.push(path);
      return Promise.resolve(ok);
    };
    expect(await sendTestTraffic(traffic, ask)).toBeNull();
    expect(asked).toEqual(['/dev/health', '/dev/health', '/dev/', '/dev/']);
  });

  test.each([
    [{ kind: 'answer', status: 500 }, 'status 500'],
    [{ kind: 'timeout' }, 'no answer within 5000 ms'],
    [{ kind: 'failed', cause: 'connect ECONNREFUSED' }, 'no answer: connect ECONNREFUSED'],
  ] as const)('fails a version that came to %j, and says which request it was', (answer, got) => {
    expect(judgeTestTraffic(traffic, [ok, ok, ok, answer])).toEqual({
      kind: 'failed',
      reason: `test request 2 of 2 to /dev/ got ${got}; allowed: status 200`,
    });
  });

  test.each([
    [199, 'failed'],
    [200, 'passed'],
    [204, 'passed'],
    [205, 'failed'],
  ])('of statuses from 200 to 204 judges %d as %s', (status, kind) => {
    const range: TestTraffic = {
      ...traffic,
      paths: ['/'],
      requests: 1,
      statuses: { lowest: 200, highest: 204 },
    };
    const verdict = judgeTestTraffic(range, [{ kind: 'answer', status }]);
    expect(verdict.kind).toBe(kind);
    if (verdict.kind === 'failed')
      expect(verdict.reason).toBe(
        `test request 1 of 1 to / got status ${status}; allowed: a status of 200 to 204`,
      );
  });

  test('sends nothing after the first answer that does not pass, and tells it', async () => {
    const asked: string[] = [];
    const reason = await sendTestTraffic(traffic, (path) => {
      asked.push(path);
      return Promise.resolve({ kind: 'timeout' });
    });
    expect(asked).toEqual(['/dev/health']);
    expect(reason).toBe(
      'test request 1 of 2 to /dev/health got no answer within 5000 ms; allowed: status 200',
    );
  });

  test('pauses between two requests, and neither before the first nor behind the last', async () => {
    const acts: string[] = [];
    const ask = (path: string) => {
      acts.push(path);
      return Promise.resolve(ok);
    };
    await sendTestTraffic({ ...traffic, requests: 1 }, ask, () => {
      acts.push('pause');
      return Promise.resolve();
    });
    expect(acts).toEqual(['/dev/health', 'pause', '/dev/']);
  });

  test('passes a version exactly when every one of its answers is allowed, and asks no further after one that is not', () => {
    fc.assert(
      fc.property(anyTraffic, fc.array(anyAnswer, { minLength: 16, maxLength: 16 }), (any, all) => {
        const answers = all.slice(0, any.paths.length * any.requests);
        const allows = (answer: TestAnswer): boolean =>
          answer.kind === 'answer' &&
          answer.status >= any.statuses.lowest &&
          answer.status <= any.statuses.highest;
        const firstBad = answers.findIndex((answer) => !allows(answer));
        for (let seen = 0; seen <= answers.length; seen += 1) {
          const { kind } = judgeTestTraffic(any, answers.slice(0, seen));
          if (firstBad !== -1 && seen > firstBad) expect(kind).toBe('failed');
          else expect(kind).toBe(seen === answers.length ? 'passed' : 'ask');
        }
      }),
    );
  });
});
