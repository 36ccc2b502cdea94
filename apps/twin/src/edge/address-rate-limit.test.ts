import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { AddressRateLimit } from './address-rate-limit.ts';

const send = (rule: AddressRateLimit, address: string, count: number): number =>
  Array.from({ length: count }, () => rule.blocks(address)).filter(Boolean).length;

describe('a rate-based rule', () => {
  test('blocks an address above the limit with its next count, and no other', async () => {
    const clock = new VirtualClock();
    const rule = new AddressRateLimit({ limit: 100, windowSeconds: 60, clock });
    expect(send(rule, 'greedy', 101)).toBe(0);
    expect(send(rule, 'modest', 100)).toBe(0);
    await clock.advance(10);
    expect(send(rule, 'greedy', 5)).toBe(5);
    expect(send(rule, 'modest', 0)).toBe(0);
  });

  test('lets an address through again once the window holds no more than the limit', async () => {
    const clock = new VirtualClock();
    const rule = new AddressRateLimit({ limit: 100, windowSeconds: 60, clock });
    send(rule, 'greedy', 101);
    await clock.advance(60);
    expect(rule.blocks('greedy')).toBe(true);
    await clock.advance(10);
    expect(rule.blocks('greedy')).toBe(false);
  });

  test('counts what it blocks: an address that does not slow down stays blocked', async () => {
    const clock = new VirtualClock();
    const rule = new AddressRateLimit({ limit: 100, windowSeconds: 60, clock });
    send(rule, 'greedy', 101);
    for (let round = 0; round < 20; round++) {
      await clock.advance(10);
      expect(send(rule, 'greedy', 30)).toBe(30);
    }
  });

  test('looks back further with a longer window', async () => {
    const clock = new VirtualClock();
    const rule = new AddressRateLimit({ limit: 100, windowSeconds: 600, clock });
    send(rule, 'greedy', 101);
    await clock.advance(590);
    expect(rule.blocks('greedy')).toBe(true);
  });

  test('takes a request of compressed time for as many as would have come', () => {
    let now = 0;
    const rule = new AddressRateLimit({
      limit: 100,
      windowSeconds: 60,
      clock: { now: () => now, speed: 20 },
    });
    send(rule, 'greedy', 6);
    send(rule, 'modest', 5);
    now = 10;
    expect([rule.blocks('greedy'), rule.blocks('modest')]).toEqual([true, false]);
  });
});
