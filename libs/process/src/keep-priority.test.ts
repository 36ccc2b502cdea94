import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { afterEach, expect, test } from '@jest/globals';
import { keepPriority } from './keep-priority.ts';

const children: ChildProcess[] = [];

/** A child in a session of its own, which waits. */
function startSession(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { detached: true });
  children.push(child);
  return child;
}
/** Undefined where the system does not weigh sessions. */
function sessionNice({ pid }: ChildProcess): number | undefined {
  const file = `/proc/${pid}/autogroup`;
  return existsSync(file) ? Number(/nice (-?\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) : undefined;
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

test('a child in a session of its own gets the nice value of this process', () => {
  const before = getPriority();
  const child = startSession();
  const weighed = sessionNice(child) !== undefined;
  setPriority(Math.max(before, 1));
  try {
    keepPriority(child);
    expect(sessionNice(child)).toBe(weighed ? Math.max(before, 1) : undefined);
  } finally {
    // Without rights a process can lower its priority, and not raise it again.
    if (process.getuid?.() === 0) setPriority(before);
  }
});

test('a child that has not started, or has ended, is no error', async () => {
  keepPriority({});
  const child = startSession();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  expect(() => keepPriority(child)).not.toThrow();
});
