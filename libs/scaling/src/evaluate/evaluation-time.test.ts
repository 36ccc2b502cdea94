import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { environmentWith, trackCpu } from '../../test/scenario.ts';
import { nextEvaluationSeconds } from './evaluation-time.ts';
import { planScaling } from '../plan/plan-scaling.ts';

const requests = {
  type: 'target-tracking',
  name: 'requests',
  metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 },
} as const;

function instants(plan: ReturnType<typeof planScaling>, count: number): number[] {
  const found: number[] = [];
  let now = 0;
  while (found.length < count) found.push((now = nextEvaluationSeconds(plan, now)));
  return found;
}

describe('the next evaluation', () => {
  test('comes when the newest datapoint becomes visible', () => {
    const plan = planScaling(
      resolveEnvironment({
        preset: 'test',
        compute: { kind: 'fargate' },
        scaling: { policies: [trackCpu()] },
      }),
    );
    expect(instants(plan, 3)).toEqual([228, 288, 348]);
  });

  test('follows each period and lag on its own', () => {
    const plan = planScaling(
      resolveEnvironment({
        preset: 'test',
        compute: { kind: 'fargate' },
        monitoring: { resolutionSeconds: 20 },
        scaling: { policies: [trackCpu(), requests] },
      }),
    );
    expect(instants(plan, 13).slice(-5)).toEqual([202.5, 222.5, 228, 242.5, 262.5]);
  });

  test('comes for a scheduled action too', () => {
    const plan = planScaling(
      environmentWith([{ type: 'scheduled', name: 'up', schedule: 'rate(5 minutes)', minCapacity: 2 }]),
    );
    expect(instants(plan, 2)).toEqual([300, 600]);
  });

  test('never comes without a policy', () => {
    expect(nextEvaluationSeconds(planScaling(environmentWith([])), 0)).toBe(Infinity);
  });
});
