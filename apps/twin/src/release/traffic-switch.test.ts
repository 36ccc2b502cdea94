import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestOf } from '../../test/request-of.ts';
import { Target } from '../balancer/targets/target.ts';
import {
  type TargetGroupColour,
  TrafficSwitch,
  otherColour,
  weightsFor,
  ChosenTargetGroups,
} from './traffic-switch.ts';

const group = (id: TargetGroupColour, targets = Infinity) => {
  const target = new Target({ id, host: '127.0.0.1', port: 1, availabilityZone: 'a' }, { idleTimeoutMs: 1 });
  let left = targets;
  return { choose: () => (left-- > 0 ? target : undefined) };
};
const groups = { blue: group('blue'), green: group('green') };

const request = requestOf('GET / HTTP/1.1\r\nHost: a\r\n');

/** Share of requests that green gets when chance is spread evenly. */
function greenShare(traffic: TrafficSwitch, requests: number): number {
  const chosen = Array.from({ length: requests }, () => traffic.choose(request)?.id);
  return chosen.filter((id) => id === 'green').length / requests;
}

describe('weighted forwarding', () => {
  test('gives each group its share, exactly where chance is spread evenly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (percent) => {
        let turn = 0;
        const traffic = new TrafficSwitch({ groups, random: () => ((turn++ % 100) + 0.5) / 100 });
        traffic.shift(weightsFor('green', percent));
        expect(greenShare(traffic, 200)).toBeCloseTo(percent / 100, 12);
      }),
    );
  });

  test('of nothing to a group never reaches it, whatever chance says', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(random, fc.constantFrom('blue' as const, 'green' as const), (value, colour) => {
        const traffic = new TrafficSwitch({ groups, random: () => value });
        traffic.shift(weightsFor(colour, 0));
        expect(traffic.choose(request)?.id).toBe(otherColour(colour));
      }),
    );
  });

  test('has weights that are 100 together', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom('blue' as const, 'green' as const),
        (percent, colour) => {
          const weights = weightsFor(colour, percent);
          expect(weights.blue + weights.green).toBe(100);
          expect(weights[colour]).toBe(percent);
        },
      ),
    );
  });
});

test('a target’s group is known when the group has forgotten it, and so is a group without targets', () => {
  const chosen = new ChosenTargetGroups();
  const blue = chosen.watch('blue', group('blue', 2));
  const green = chosen.watch('green', group('green', 1));
  expect(green.choose(request)?.id).toBe('green');
  expect(blue.choose(request)?.id).toBe('blue');
  expect(green.choose(request)).toBeUndefined();
  expect(chosen.of(undefined)).toBe('green');
  expect(blue.choose(request)?.id).toBe('blue');
  expect([chosen.of('green'), chosen.of('blue')]).toEqual(['green', 'blue']);
});
