import { expect, test } from '@jest/globals';
import { presetInput } from './presets/presets.ts';
import { resolveEnvironment } from './resolve/resolve-environment.ts';
import { environmentStackIds, stackIds } from './stack-ids.ts';

test('an environment has a stack for what it keeps, and one for its HTTP API, and only then', () => {
  const stacks = (name: string) => environmentStackIds(resolveEnvironment(presetInput(name)));
  expect(stacks('stateless-asg')).toEqual(stackIds.filter((stack) => stack !== 'ingress'));
  expect(stacks('blue-green')).toEqual(stackIds.filter((stack) => stack !== 'data'));
  expect(stacks('load-driven')).toEqual(stackIds.filter((stack) => stack !== 'data' && stack !== 'ingress'));
});
