import { describe, expect, test } from '@jest/globals';
import { type ProtectionChange, TaskProtection } from './scale-in-protection.ts';

function rig(answer: (change: ProtectionChange) => Promise<void> = () => Promise.resolve()) {
  const sent: ProtectionChange[] = [];
  const refused: unknown[] = [];
  const renewals: { readonly ms: number; readonly renew: () => void; stopped: boolean }[] = [];
  const protection = new TaskProtection({
    expiresInMinutes: 10,
    update: (change) => {
      sent.push(change);
      return answer(change);
    },
    every: (ms, renew) => {
      const renewal = { ms, renew, stopped: false };
      renewals.push(renewal);
      return { stop: () => (renewal.stopped = true) };
    },
    onRefused: (reason) => refused.push(reason),
  });
  return { protection, sent, refused, renewals };
}

const on = { ProtectionEnabled: true, ExpiresInMinutes: 10 };
const off = { ProtectionEnabled: false };

describe('a task’s protection from scale-in', () => {
  test('is on from the first piece of work to the end of the last', async () => {
    const { protection, sent, renewals } = rig();
    await protection.begin();
    await protection.begin();
    protection.end();
    expect(sent).toEqual([on]);
    protection.end();
    await protection.begin();
    expect(sent).toEqual([on, off, on]);
    expect(renewals.map(({ stopped }) => stopped)).toEqual([true, false]);
  });

  test('is renewed at half its time, since ECS counts it anew', async () => {
    const { protection, sent, renewals } = rig();
    await protection.begin();
    expect(renewals.map(({ ms }) => ms)).toEqual([5 * 60_000]);
    renewals[0]?.renew();
    await protection.begin();
    expect(sent).toEqual([on, on]);
  });

  test('that ECS declines keeps no work from being done, and the next change is asked for', async () => {
    const { protection, sent, refused } = rig(({ ProtectionEnabled }) =>
      ProtectionEnabled ? Promise.reject(new Error('DEPLOYMENT_BLOCKED')) : Promise.resolve(),
    );
    await expect(protection.begin()).resolves.toBeUndefined();
    protection.end();
    await protection.begin();
    expect(sent).toEqual([on, off, on]);
    expect(refused).toHaveLength(2);
  });

  test('goes by the order of what was asked for, however long an answer takes', async () => {
    const answers: (() => void)[] = [];
    const { protection, sent } = rig(() => new Promise((resolve) => answers.push(resolve)));
    const begun = protection.begin();
    protection.end();
    await Promise.resolve();
    expect(sent).toEqual([on]);
    answers[0]?.();
    await begun;
    await Promise.resolve();
    expect(sent).toEqual([on, off]);
  });

  test('does not end what has not begun', () => {
    const { protection, sent } = rig();
    protection.end();
    expect(sent).toEqual([]);
  });
});
