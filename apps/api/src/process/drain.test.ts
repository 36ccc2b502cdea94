import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { drainDeadlineMs, drainServer } from './drain.ts';

function fakeServer() {
  const calls: string[] = [];
  let closed: () => void = () => undefined;
  return {
    calls,
    finish: () => closed(),
    server: {
      close: (callback?: (error?: Error) => void) => {
        calls.push('close');
        closed = () => callback?.();
      },
      closeIdleConnections: () => void calls.push('closeIdle'),
      closeAllConnections: () => {
        calls.push('closeAll');
        closed();
      },
    } as unknown as Parameters<typeof drainServer>[0],
  };
}
const silentSockets = { close: () => undefined };

describe('drainServer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('stops accepting, sweeps idle sockets while requests finish, and is then drained', async () => {
    const { server, calls, finish } = fakeServer();
    const outcome = drainServer(server, { silentSockets, deadlineMs: 1000 });
    jest.advanceTimersByTime(120);
    finish();
    expect(await outcome).toBe('drained');
    expect(calls).toEqual(['close', 'closeIdle', 'closeIdle']);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('cuts what is left at the deadline', async () => {
    const { server, calls } = fakeServer();
    const outcome = drainServer(server, { silentSockets, deadlineMs: 1000 });
    jest.advanceTimersByTime(1000);
    expect(await outcome).toBe('cut');
    expect(calls.at(-1)).toBe('closeAll');
  });
});

describe('drainDeadlineMs', () => {
  test.each([
    [30, 28_000],
    [120, 118_000],
    [2, 1600],
    [1, 800],
  ])('of a stop timeout of %s s is %s ms', (stopTimeoutSeconds, deadlineMs) => {
    expect(drainDeadlineMs(stopTimeoutSeconds)).toBe(deadlineMs);
  });
});
