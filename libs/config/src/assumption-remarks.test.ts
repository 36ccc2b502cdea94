import { describe, expect, test } from '@jest/globals';
import { description } from '../test/descriptions.ts';
import { assumptionRemarks } from './assumption-remarks.ts';
import { assumptionCodes } from './codes/assumption-codes.ts';
import type { EnvironmentInput } from './environment.ts';
import { resolveEnvironment } from './resolve-environment.ts';

const remarks = (assumptions: NonNullable<EnvironmentInput['assumptions']> = {}) =>
  Object.fromEntries(
    assumptionRemarks(resolveEnvironment(description({ assumptions }))).map(({ code, message }) => [
      code,
      message,
    ]),
  );

describe('assumptionRemarks', () => {
  test('has one sentence for every assumption', () => {
    expect(Object.keys(remarks())).toEqual(Object.keys(assumptionCodes));
    for (const message of Object.values(remarks())) expect(message).toMatch(/^[A-Z].*\.$/);
  });

  test('states the values in force', () => {
    const changed = remarks({
      metricLagSeconds: 42,
      taskStartSeconds: { min: 1, max: 2 },
      idleRequests: 'missing',
    });
    expect(changed['TL-ASSUME-METRIC-LAG']).toContain('42 s after its period ends');
    expect(changed['TL-ASSUME-TASK-START']).toContain('1 to 2 s after');
    expect(changed['TL-ASSUME-IDLE-REQUESTS']).toContain('no request count at all');
    expect(remarks()['TL-ASSUME-IDLE-REQUESTS']).toContain('a request count of zero');
  });

  test.each([
    ['TL-ASSUME-SCALE-IN-STEPS', { scaleInSteps: 'proportional' }],
    ['TL-ASSUME-FLAPPING', { predictFlapping: false }],
    ['TL-ASSUME-SCALE-IN-IN-COOLDOWN', { scaleInDuringScaleOutCooldown: 'allowed' }],
    ['TL-ASSUME-EVALUATION-RANGE', { extraEvaluationDatapoints: 0 }],
  ] as const)('words %s by its setting', (code, assumptions) => {
    expect(remarks(assumptions)[code]).not.toBe(remarks()[code]);
  });
});
