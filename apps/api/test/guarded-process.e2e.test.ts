import { expect, test } from '@jest/globals';
import { GuardedProcess } from './guarded-process.ts';

const pidOf = async (guarded: GuardedProcess): Promise<number> =>
  Number((await guarded.written(/runs as (\d+)/))[1]);
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.each([
  ['ends when it is asked to', ''],
  ['will not end when it is asked to', "trap '' TERM;"],
])('a server that %s is gone once it is stopped', async (_, trap) => {
  const command = `${trap} echo runs as $$; while :; do sleep 0.1; done`;
  const guarded = new GuardedProcess(['/bin/sh', '-c', command]);
  const pid = await pidOf(guarded);
  expect(isRunning(pid)).toBe(true);
  await guarded.stop();
  expect(isRunning(pid)).toBe(false);
});
