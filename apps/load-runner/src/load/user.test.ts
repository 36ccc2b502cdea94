import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import { type Outcome, VirtualServer } from '../../test/virtual-server.ts';
import { VirtualTimers } from '../../test/virtual-timers.ts';
import { DueQueue } from './schedule/due-queue.ts';
import { LoadBuckets } from './figures/load-buckets.ts';
import { LoadTally } from './figures/load-tally.ts';
import { User } from './user.ts';

const every100Ms = { originMs: 0, phase: 0, periodMs: 100 };

function setUp(outcome?: (atMs: number) => Outcome) {
  const timers = new VirtualTimers();
  const server = new VirtualServer(timers, outcome);
  const latenciesMs: number[] = [];
  const buckets = new LoadBuckets({ wallMs: 0, cloudSeconds: 0 });
  const tally = new LoadTally(
    {
      answered: (latencyMs) => latenciesMs.push(latencyMs),
      failed: (kind) => buckets.failed(kind),
    },
    [{ method: 'GET', path: '/' }],
  );
  const gone: User[] = [];
  const user = new User({
    timers,
    tally,
    dueQueue: new DueQueue(timers),
    open: server.open,
    shared: null,
    newSession: () => ({
      next: () => ({ endpoint: 0, bytes: Buffer.from('GET'), keepsAnswer: false }),
      answered: () => undefined,
    }),
    onGone: (who) => gone.push(who),
  });
  return {
    timers,
    server,
    tally,
    user,
    gone,
    latenciesMs,
    sentAt: () => server.arrivals.map(({ atMs }) => atMs),
  };
}

describe('a paced user', () => {
  test('sends at its slots, over one connection', () => {
    const { timers, server, user, sentAt } = setUp();
    user.follow({ ...every100Ms, phase: 0.3 });
    timers.advanceTo(350);
    expect(sentAt()).toEqual([30, 130, 230, 330]);
    expect(server.opened).toBe(1);
  });

  test('leaves no slot out when an answer is slow: those that fell due meanwhile count from when they were due', () => {
    const { timers, user, tally, latenciesMs, sentAt } = setUp((atMs) => ({
      afterMs: atMs === 100 ? 250 : 10,
    }));
    user.follow(every100Ms);
    timers.advanceTo(450);
    expect(sentAt()).toEqual([0, 100, 350, 360, 400]);
    expect(latenciesMs).toEqual([10, 250, 160, 70, 10]);
    expect(tally).toMatchObject({ sent: 5, answered: 5, late: 0, unsent: 0 });
  });

  test('keeps the generator’s own lag out of the latency, and counts it apart', () => {
    const { timers, user, tally, latenciesMs, sentAt } = setUp(() => ({ afterMs: 2 }));
    user.follow(every100Ms);
    timers.advanceTo(50);
    timers.stallUntil(250);
    timers.advanceTo(330);
    expect(sentAt()).toEqual([0, 250, 252, 300]);
    // The slot of 200 ms waited for the answer before it from 250 ms on; what was before is the stall.
    expect(latenciesMs).toEqual([2, 2, 4, 2]);
    expect(tally.late).toBe(2);
  });

  test('gives up the slots that are still unsent when it leaves, and says how many', () => {
    const { timers, user, tally, gone } = setUp(() => ({ afterMs: 1000 }));
    user.follow(every100Ms);
    timers.advanceTo(450);
    user.leave();
    expect(tally).toMatchObject({ sent: 1, unsent: 4, answered: 0 });
    expect(gone).toEqual([]);
    timers.advanceTo(1000);
    expect(tally.answered).toBe(1);
    expect(gone).toEqual([user]);
  });

  test('follows a new pace from its first slot on', () => {
    const { timers, user, sentAt, tally } = setUp();
    user.follow(every100Ms);
    timers.advanceTo(150);
    user.follow({ originMs: 150, phase: 0.5, periodMs: 20 });
    timers.advanceTo(185);
    expect(sentAt()).toEqual([0, 100, 160, 180]);
    expect(tally.unsent).toBe(0);
  });

  test('gives up what is in flight when it has to leave at once', () => {
    const { timers, user, tally, server, gone } = setUp(() => ({ afterMs: 1000 }));
    user.follow(every100Ms);
    timers.advanceTo(50);
    user.abandon();
    timers.advanceTo(2000);
    expect(tally).toMatchObject({ sent: 1, answered: 0, failed: 0, abandoned: 1 });
    expect(server.closed).toBe(1);
    expect(gone).toEqual([user]);
  });
});

describe('a closed-loop user', () => {
  test('asks again as soon as it has its answer', () => {
    const { timers, user, sentAt } = setUp(() => ({ afterMs: 10 }));
    user.follow(null);
    timers.advanceTo(35);
    expect(sentAt()).toEqual([0, 10, 20, 30]);
  });

  test('counts an answer with an error status as a failure, and goes on at once', () => {
    const { timers, user, tally, latenciesMs } = setUp(() => ({ afterMs: 10, statusCode: 503 }));
    user.follow(null);
    timers.advanceTo(25);
    expect(tally).toMatchObject({ sent: 3, answered: 0, failed: 2 });
    expect(latenciesMs).toEqual([]);
  });

  test('does not hammer a server that is gone', () => {
    const { timers, user, sentAt, tally } = setUp(() => ({ afterMs: 1, failure: 'connection-refused' }));
    user.follow(null);
    timers.advanceTo(250);
    expect(sentAt()).toEqual([0, 101, 202]);
    expect(tally.failed).toBe(3);
  });

  test('asks no more once it has left', () => {
    const { timers, user, sentAt, gone } = setUp(() => ({ afterMs: 10 }));
    user.follow(null);
    timers.advanceTo(15);
    user.leave();
    timers.advanceTo(100);
    expect(sentAt()).toEqual([0, 10]);
    expect(gone).toEqual([user]);
  });
});
