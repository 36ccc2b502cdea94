import { expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { observedRecord } from '../../test/observed-record.ts';
import { comparedModels } from './compared-models.ts';

const environment = resolveEnvironment(presetInput('fargate-alb'));

test('what the simulator takes for granted stands beside what the run measured', () => {
  const models = comparedModels(observedRecord([2, 2, 50, 50]), environment);
  expect(models).toMatchObject({
    cpuMillisecondsPerRequest: { modelled: 20.5 },
    idleCpuPercent: { modelled: 1 },
  });
  expect(models?.cpuMillisecondsPerRequest?.measured).toBeCloseTo(24);
  expect(models?.idleCpuPercent?.measured).toBeCloseTo(2);
  expect(models?.memoryPercent).toBeUndefined();
});

test('a run that measured nothing, or of an environment that is not described, compares nothing', () => {
  expect(comparedModels(observedRecord([]), environment)).toBeUndefined();
  expect(comparedModels(observedRecord([2, 2, 50, 50]), null)).toBeUndefined();
});
