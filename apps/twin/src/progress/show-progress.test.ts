import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { fakeTwin } from '../../test/fake-twin.ts';
import { showProgress } from './show-progress.ts';

afterEach(() => {
  jest.useRealTimers();
});

async function rig({ isTTY }: { readonly isTTY: boolean }) {
  const { twin } = await fakeTwin();
  let text = '';
  const stream = { isTTY, columns: 100, rows: 30, write: (chunk: string) => Boolean((text += chunk)) };
  jest.useFakeTimers();
  const progress = showProgress(twin, stream as unknown as NodeJS.WriteStream);
  return { progress, text: () => text };
}

describe('progress on a terminal', () => {
  let shown: Awaited<ReturnType<typeof rig>>;

  beforeEach(async () => {
    shown = await rig({ isTTY: true });
  });

  test('puts lines that stay above it', () => {
    jest.advanceTimersByTime(250);
    shown.progress.line('[0123abcd] listening');
    expect(shown.text()).toMatch(/\[0123abcd\] listening\n.*2 desired/s);
    shown.progress.stop();
  });

  test('rewrites itself, and shows the last state when it stops', () => {
    jest.advanceTimersByTime(250);
    expect(shown.text()).toContain('2 desired, 2 running, 2 healthy');
    shown.progress.stop();
    const final = shown.text();
    shown.progress.stop();
    jest.advanceTimersByTime(5000);
    expect(shown.text()).toBe(final);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('progress elsewhere', () => {
  test('is plain lines: events as they come, and the state every few seconds', async () => {
    const { progress, text } = await rig({ isTTY: false });
    progress.line('[0123abcd] listening');
    progress.event({ cloudSeconds: 61, message: '(service api) has reached a steady state.' });
    jest.advanceTimersByTime(5000);
    expect(text().split('\n')).toEqual([
      '[0123abcd] listening',
      '01:01 (service api) has reached a steady state.',
      'cloud 00:25 | 2 desired, 2 running, 2 healthy | 0 requests/s, 0 failed | none',
      '',
    ]);
    progress.stop();
    jest.advanceTimersByTime(60_000);
    expect(text().split('\n')).toHaveLength(4);
    expect(jest.getTimerCount()).toBe(0);
  });
});
