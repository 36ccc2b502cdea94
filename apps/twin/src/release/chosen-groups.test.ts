import { expect, test } from '@jest/globals';
import { parseRequestHead } from '../balancer/http/request-head.ts';
import { Target } from '../balancer/targets/target.ts';
import { ChosenTargetGroups } from './chosen-groups.ts';

const request = parseRequestHead('GET / HTTP/1.1\r\nHost: a\r\n');
if ('rejected' in request) throw new Error(request.cause);

const group = (id: string, targets: number) => {
  const target = new Target({ id, host: '127.0.0.1', port: 1, availabilityZone: 'a' }, { idleTimeoutMs: 1 });
  let left = targets;
  return { choose: () => (left-- > 0 ? target : undefined) };
};

test('a target’s group is known when the group has forgotten it, and so is a group without targets', () => {
  const chosen = new ChosenTargetGroups();
  const blue = chosen.watch('blue', group('b', 2));
  const green = chosen.watch('green', group('g', 1));
  expect(green.choose(request)?.id).toBe('g');
  expect(blue.choose(request)?.id).toBe('b');
  expect(green.choose(request)).toBeUndefined();
  expect(chosen.of(undefined)).toBe('green');
  expect(blue.choose(request)?.id).toBe('b');
  expect([chosen.of('g'), chosen.of('b')]).toEqual(['green', 'blue']);
});
