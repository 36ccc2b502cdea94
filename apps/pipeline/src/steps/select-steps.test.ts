import { describe, expect, test } from '@jest/globals';
import { selectSteps } from './select-steps.ts';
import { done } from './step.ts';

describe('selecting steps', () => {
  const steps = ['a', 'b', 'c'].map((id) => ({ id, title: id, run: () => Promise.resolve(done('fine')) }));

  test('takes both ends', () => {
    expect(selectSteps(steps, { from: 'b' }).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(selectSteps(steps, { from: 'b', to: 'b' }).map(({ id }) => id)).toEqual(['b']);
  });

  test('refuses unknown names and an end before the start', () => {
    expect(() => selectSteps(steps, { from: 'x' })).toThrow(
      '--from: there is no step "x" here; did you mean "a"? Allowed: a, b, c',
    );
    expect(() => selectSteps(steps, { from: 'c', to: 'a' })).toThrow(
      '--to a comes before --from c; the order is a, b, c',
    );
  });
});
