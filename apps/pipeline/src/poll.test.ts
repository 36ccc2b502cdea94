import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { context, rejection, virtualClock } from '../test/fake-pipeline.ts';
import { poll } from './poll.ts';

const waiting = { done: false, waitingFor: 'more' } as const;

test('polling never looks after the deadline, and looks at least once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 0, max: 5000 }),
      async (intervalMs, deadlineMs) => {
        const clock = virtualClock();
        const looks: number[] = [];
        const look = () => {
          looks.push(clock.nowMs());
          return Promise.resolve(waiting);
        };
        await poll(look, { intervalMs, deadlineMs, clock, context });
        expect(looks[0]).toBe(0);
        expect(looks.at(-1)).toBeLessThanOrEqual(deadlineMs);
      },
    ),
  );
});

test('polling says each new reason once', async () => {
  const told: string[] = [];
  const reasons = ['a', 'a', 'b'];
  await poll(
    () => {
      const waitingFor = reasons.shift();
      return Promise.resolve(
        waitingFor === undefined ? { done: true, value: 1 } : { done: false, waitingFor },
      );
    },
    {
      intervalMs: 1,
      deadlineMs: 100,
      clock: virtualClock(),
      context: { ...context, say: (reason) => told.push(reason) },
    },
  );
  expect(told).toEqual(['a', 'b']);
});

test('polling ends when the user asks to stop', async () => {
  const stopped = { ...context, signal: AbortSignal.abort() };
  const options = { intervalMs: 1, deadlineMs: 100, clock: virtualClock(), context: stopped };
  expect((await rejection(poll(() => Promise.resolve(waiting), options))).message).toBe('interrupted');
});
