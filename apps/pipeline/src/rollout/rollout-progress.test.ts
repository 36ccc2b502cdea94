import { describe, expect, test } from '@jest/globals';
import type { Rollout } from '../aws/service-directory.ts';
import { steadyService } from '../../test/fake-pipeline.ts';
import { rolloutProgress } from './rollout-progress.ts';

const rollout = (changes: Partial<Rollout>): Rollout => ({
  primary: true,
  taskDefinition: 'td:2',
  state: 'IN_PROGRESS',
  reason: '',
  failedTasks: 0,
  ...changes,
});
const old = rollout({ taskDefinition: 'td:1', primary: false, state: 'COMPLETED' });

describe('a rollout', () => {
  test('is steady when the wanted task definition is complete and every desired task runs', () => {
    expect(rolloutProgress(steadyService, 'td:1')).toEqual({ kind: 'steady' });
  });

  test('is under way while tasks are missing, and says how many', () => {
    const service = {
      ...steadyService,
      running: 1,
      pending: 1,
      rollouts: [rollout({ failedTasks: 2 }), old],
    };
    expect(rolloutProgress(service, 'td:2')).toEqual({
      kind: 'under-way',
      waitingFor: '1 of 2 tasks running, 1 pending, 2 failed; rollout IN_PROGRESS',
    });
  });

  test('is under way while the former task definition drains', () => {
    const service = { ...steadyService, rollouts: [rollout({ state: 'COMPLETED' }), old] };
    expect(rolloutProgress(service, 'td:2').kind).toBe('under-way');
  });

  test('has failed, and has not returned, while ECS rolls back', () => {
    const failed = rollout({
      primary: false,
      state: 'FAILED',
      reason: 'circuit breaker: tasks failed to start',
    });
    const back = rollout({ taskDefinition: 'td:1' });
    expect(rolloutProgress({ ...steadyService, rollouts: [back, failed] }, 'td:2')).toEqual({
      kind: 'failed',
      reason: 'circuit breaker: tasks failed to start',
      rollback: 'under-way',
    });
  });

  test('has failed and returned once the former task definition is complete', () => {
    const back = rollout({ taskDefinition: 'td:1', state: 'COMPLETED', reason: '' });
    expect(rolloutProgress({ ...steadyService, rollouts: [back] }, 'td:2')).toEqual({
      kind: 'failed',
      reason: 'ECS runs td:1, not td:2',
      rollback: 'done',
    });
  });

  test('has failed without a rollback when the primary itself failed', () => {
    const failed = rollout({ state: 'FAILED', reason: 'tasks failed to start' });
    expect(rolloutProgress({ ...steadyService, rollouts: [failed] }, 'td:2')).toMatchObject({
      kind: 'failed',
      rollback: 'not-begun',
    });
  });

  test('has failed for good when the rollback itself failed', () => {
    const back = rollout({ taskDefinition: 'td:1', state: 'FAILED', reason: 'no capacity' });
    expect(rolloutProgress({ ...steadyService, rollouts: [back] }, 'td:2')).toEqual({
      kind: 'failed',
      reason: 'no capacity',
      rollback: 'failed',
    });
  });

  test('is waited for while ECS lists none', () => {
    expect(rolloutProgress({ ...steadyService, rollouts: [] }, 'td:2').kind).toBe('under-way');
  });
});
