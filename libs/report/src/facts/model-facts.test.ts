import { expect, test } from '@jest/globals';
import { modelFacts } from './model-facts.ts';

test('says what was measured, what the simulator takes, and by how much they differ', () => {
  const models = {
    cpuMillisecondsPerRequest: { modelled: 20.5, measured: 24.6 },
    idleCpuPercent: { modelled: 1, measured: 0.5 },
  };
  expect(modelFacts({ models })).toEqual([
    { label: 'CPU of a request', value: '24.6 ms measured, 20.5 ms in the simulator (+20 %)' },
    { label: 'CPU when idle', value: '0.5 % measured, 1 % in the simulator (-50 %)' },
  ]);
});

test('a run that measured nothing says nothing', () => {
  expect(modelFacts({})).toEqual([]);
});
