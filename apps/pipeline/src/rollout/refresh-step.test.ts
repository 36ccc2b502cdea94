import { describe, expect, test } from '@jest/globals';
import { groupEnvironment } from '@tideline/config/testing';
import {
  FakeAccount,
  context,
  waitingPipeline,
  pendingRefresh,
  rejection,
  steadyGroup,
} from '../../test/fake-pipeline.ts';
import type { RefreshPreferences } from '../aws/instance-directory.ts';
import type { Pipeline } from '../pipeline.ts';
import { refreshStep } from './refresh-step.ts';

const environment = groupEnvironment();
const { instanceRefresh } = environment.compute;

function account(running: string): FakeAccount {
  const fake = new FakeAccount();
  fake.deployed('service', { launchTemplate: 'lt-1:2' });
  fake.group = steadyGroup(running);
  return fake;
}

const pipelineOf = (fake: FakeAccount, onWait?: () => void): Pipeline =>
  waitingPipeline(fake, { environment, onWait });

describe('bringing a launch template into the group', () => {
  test('starts a refresh with the preferences of the description, and follows it to its end', async () => {
    const fake = account('lt-1:1');
    const pipeline = pipelineOf(fake, () => {
      fake.refresh = { ...pendingRefresh, id: 'refresh-new', status: 'Successful' };
      fake.group = steadyGroup('lt-1:2');
    });
    const asked: RefreshPreferences[] = [];
    const { instances } = pipeline.cloud;
    const startRefresh = (preferences: RefreshPreferences) => {
      asked.push(preferences);
      return instances.startRefresh(preferences);
    };
    const cloud = { ...pipeline.cloud, instances: { ...instances, startRefresh } };
    const { detail } = await refreshStep({ ...pipeline, cloud }, instanceRefresh).run(context);
    expect(detail).toBe('runs lt-1:2, by an instance refresh');
    expect(asked).toEqual([{ launchTemplate: 'lt-1:2', ...instanceRefresh }]);
  });

  test('starts none when nothing changed', async () => {
    const fake = account('lt-1:2');
    const { detail } = await refreshStep(pipelineOf(fake), instanceRefresh).run(context);
    expect(detail).toBe('runs lt-1:2; no instance was of another');
    expect(fake.acts).toEqual([]);
  });

  test('waits for the rollback of a refresh that failed, and reports it', async () => {
    const fake = account('lt-1:1');
    const ends = ['RollbackInProgress', 'RollbackSuccessful'];
    const pipeline = pipelineOf(fake, () => {
      const status = ends.shift() ?? 'RollbackSuccessful';
      fake.refresh = { ...pendingRefresh, id: 'refresh-new', status, reason: 'i-c is unhealthy' };
    });
    const { message } = await rejection(refreshStep(pipeline, instanceRefresh).run(context));
    expect(message).toMatch(/TL-PIPE-ROLLOUT the instance refresh failed \(i-c is unhealthy\)/);
    expect(message).toMatch(/the group is back on lt-1:1/);
    expect(ends).toEqual([]);
  });

  test('reports at once that nothing rolls back where the description says so', async () => {
    const fake = account('lt-1:1');
    const kept = { ...instanceRefresh, autoRollback: false };
    const pipeline = pipelineOf(fake, () => {
      fake.refresh = { ...pendingRefresh, id: 'refresh-new', status: 'Failed', reason: 'timed out' };
    });
    const { message } = await rejection(refreshStep(pipeline, kept).run(context));
    expect(message).toMatch(/failed \(timed out\); it was not rolled back/);
  });

  test('gives up at the deadline, and says what was missing', async () => {
    const fake = account('lt-1:2');
    fake.group = { ...steadyGroup('lt-1:2'), instances: [] };
    const pipeline = pipelineOf(fake);
    const { message } = await rejection(refreshStep(pipeline, instanceRefresh).run(context));
    expect(message).toMatch(/not steady after 60 s: still waiting for 0 of 2 instances/);
    expect(pipeline.clock.nowMs()).toBeLessThanOrEqual(60_000);
  });
});
