import { describe, expect, test } from '@jest/globals';
import { CpuPool, queueLimitFor, type StartSpender } from './cpu-pool.ts';

/** A pool whose threads are levers. */
function poolOf(threads: number) {
  const started: { jobs: number[]; closed: boolean; done: () => void; fail: () => void }[] = [];
  const startSpender: StartSpender = ({ onDone, onFailed }) => {
    const thread = {
      jobs: [] as number[],
      closed: false,
      done: onDone,
      fail: () => onFailed(new Error('gone')),
    };
    started.push(thread);
    return {
      spend: (cpuMs) => thread.jobs.push(cpuMs),
      close: () => {
        thread.closed = true;
        thread.fail();
      },
    };
  };
  return { pool: new CpuPool({ threads, cpuMs: 1000, startSpender }), started };
}

/** For tests in which the queue has room. */
function spend(pool: CpuPool): Promise<void> {
  const work = pool.spend();
  return work === 'full' ? Promise.reject(new Error('the pool is full')) : work;
}

describe('CpuPool', () => {
  test('gives each thread one job at a time and the next one when it is done', async () => {
    const { pool, started } = poolOf(2);
    const jobs = [spend(pool), spend(pool), spend(pool)];
    expect(started.map(({ jobs }) => jobs)).toEqual([[1000], [1000]]);
    started[1]!.done();
    await jobs[1];
    expect(started.map(({ jobs }) => jobs)).toEqual([[1000], [1000, 1000]]);
    started[0]!.done();
    started[1]!.done();
    await Promise.all(jobs);
  });

  test('refuses what its queue cannot hold, and takes work again once it can', async () => {
    const { pool, started } = poolOf(1);
    const first = pool.spend();
    for (let job = 0; job < pool.queueLimit; job += 1) expect(pool.spend()).not.toBe('full');
    expect(pool.spend()).toBe('full');
    started[0]!.done();
    await first;
    expect(pool.spend()).not.toBe('full');
  });

  test('fails the job of a thread that dies, and goes on with a new thread', async () => {
    const { pool, started } = poolOf(1);
    const [lost, next] = [spend(pool), spend(pool)];
    started[0]!.fail();
    await expect(lost).rejects.toThrow('gone');
    expect(started[1]!.jobs).toEqual([1000]);
    started[1]!.done();
    await expect(next).resolves.toBeUndefined();
  });

  test('starts no thread again after it is closed', () => {
    const { pool, started } = poolOf(2);
    pool.close();
    expect(started.map(({ closed }) => closed)).toEqual([true, true]);
  });
});

describe('queueLimitFor', () => {
  test.each([
    [1, 1, 1024],
    [1, 20, 500],
    [2, 20, 1000],
    [1, 1000, 16],
  ])('%s threads at %s ms hold %s jobs', (threads, cpuMs, limit) => {
    expect(queueLimitFor(threads, cpuMs)).toBe(limit);
  });
});
