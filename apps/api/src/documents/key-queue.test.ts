import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KeyQueue } from './key-queue.ts';

describe('KeyQueue', () => {
  test('never runs two jobs that share a key at once, whatever they share, and runs every one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), { maxLength: 12 }),
        async (scheduler, keysOfJobs) => {
          const queue = new KeyQueue();
          const held = new Set<string>();
          let done = 0;
          const jobs = keysOfJobs.map((keys) =>
            queue.run(keys, async () => {
              for (const key of keys) {
                expect(held).not.toContain(key);
                held.add(key);
              }
              await scheduler.schedule(Promise.resolve());
              for (const key of keys) held.delete(key);
              done += 1;
            }),
          );
          await scheduler.waitFor(Promise.all(jobs));
          expect([done, queue.size]).toEqual([keysOfJobs.length, 0]);
        },
      ),
    );
  });

  test('goes on after a job that fails', async () => {
    const queue = new KeyQueue();
    const failed = queue.run(['a'], () => Promise.reject(new Error('no')));
    const next = queue.run(['a'], () => Promise.resolve('next'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('next');
  });
});
