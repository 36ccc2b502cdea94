import { describe, expect, test } from '@jest/globals';
import { Stress, type StartBurners } from './stress.ts';

function stressOn(taskVcpus: number) {
  const calls: unknown[] = [];
  const events = { end: (): void => undefined, use: (() => undefined) as (cpuMs: number) => void };
  let seconds = 0;
  const startBurners: StartBurners = (cycle, { onUsed, onEnd }) => {
    calls.push(cycle);
    events.end = onEnd;
    events.use = onUsed;
    return { stop: () => calls.push('stop') };
  };
  const working: string[] = [];
  const stress = new Stress({
    taskVcpus,
    startBurners,
    now: () => new Date((seconds += 1) * 1000),
    protection: {
      begin: () => {
        working.push('begin');
        return Promise.resolve();
      },
      end: () => working.push('end'),
    },
  });
  return { stress, calls, events, working };
}

describe('Stress', () => {
  test('turns a percentage of the task’s share into threads and a fraction', () => {
    const { stress, calls } = stressOn(2);
    stress.start(75, 120);
    expect(calls).toEqual([{ threads: 2, fraction: 0.75, durationMs: 120_000 }]);
  });

  test('runs once at a time, and again after the end', () => {
    const { stress, events } = stressOn(1);
    expect(stress.start(50, 5)).toMatchObject({ state: 'running' });
    expect(stress.start(50, 5)).toBe('busy');
    events.end();
    expect(stress.run).toMatchObject({ state: 'completed', endedAt: new Date(2000) });
    expect(stress.start(50, 5)).toMatchObject({ state: 'running' });
  });

  test('asks to keep the task from the start of a run to its end, however that comes', () => {
    const { stress, events, working } = stressOn(1);
    stress.start(50, 5);
    stress.start(50, 5);
    expect(working).toEqual(['begin']);
    events.end();
    stress.cancel();
    expect(working).toEqual(['begin', 'end']);
    stress.start(50, 5);
    stress.cancel();
    events.end();
    expect(working).toEqual(['begin', 'end', 'begin', 'end']);
  });

  test('adds up what its threads used', () => {
    const { stress, events } = stressOn(1);
    stress.start(50, 5);
    events.use(40);
    events.use(60);
    expect(stress.run?.cpuMs).toBe(100);
  });

  test('stays cancelled when its threads end because of that', () => {
    const { stress, calls, events } = stressOn(1);
    stress.start(50, 5);
    expect(stress.cancel()).toMatchObject({ state: 'cancelled' });
    events.end();
    expect(stress.run).toMatchObject({ state: 'cancelled', endedAt: new Date(2000) });
    expect(calls.at(-1)).toBe('stop');
  });

  test('cancels nothing when nothing runs', () => {
    expect(stressOn(1).stress.cancel()).toBeUndefined();
  });
});
