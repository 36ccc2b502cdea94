import { describe, expect, test } from '@jest/globals';
import type { ServiceState } from '../aws/service-directory.ts';
import {
  context,
  environment,
  FakeAccount,
  fakePipeline,
  waitingPipeline,
  rejection,
  steadyService,
} from '../../test/fake-pipeline.ts';
import { steadyStep } from './steady-step.ts';

function accountWith(service: ServiceState): FakeAccount {
  const fake = new FakeAccount();
  fake.deployed('service', { taskDefinitionArn: 'arn:aws:ecs:us-east-1:1:task-definition/api:2' });
  fake.service = service;
  return fake;
}

const wanted = 'arn:aws:ecs:us-east-1:1:task-definition/api:2';
const underWay: ServiceState = {
  ...steadyService,
  running: 1,
  rollouts: [{ primary: true, taskDefinition: wanted, state: 'IN_PROGRESS', reason: '', failedTasks: 0 }],
};
const failed = { ...underWay.rollouts[0]!, state: 'FAILED', reason: 'tasks failed to start' };
const former = {
  ...steadyService.rollouts[0]!,
  primary: false,
  taskDefinition: 'arn:aws:ecs:us-east-1:1:task-definition/api:1',
};

describe('waiting for the steady state', () => {
  test('ends as soon as ECS is steady', async () => {
    const fake = accountWith(underWay);
    const onWait = () => {
      fake.service = {
        ...underWay,
        running: 2,
        rollouts: [{ ...underWay.rollouts[0]!, state: 'COMPLETED' }],
      };
    };
    const pipeline = waitingPipeline(fake, { onWait });
    const outcome = await steadyStep(pipeline).run(context);
    expect(outcome.detail).toBe('runs api:2');
    expect(pipeline.clock.nowMs()).toBe(5_000);
  });

  test('gives up at the deadline, and says what was missing and what ECS said last', async () => {
    const pipeline = fakePipeline(accountWith(underWay));
    const { message } = await rejection(steadyStep(pipeline).run(context));
    expect(message).toMatch(
      /TL-PIPE-ROLLOUT the service is not steady after 60 s: still waiting for 1 of 2 tasks/,
    );
    expect(message).toMatch(/has reached a steady state/);
    expect(pipeline.clock.nowMs()).toBeLessThanOrEqual(60_000);
  });

  test('verifies the rollback before it fails', async () => {
    const back = {
      ...steadyService.rollouts[0]!,
      taskDefinition: 'arn:aws:ecs:us-east-1:1:task-definition/api:1',
    };
    const fake = accountWith({ ...steadyService, taskDefinition: back.taskDefinition, rollouts: [back] });
    const { message } = await rejection(steadyStep(fakePipeline(fake)).run(context));
    expect(message).toMatch(/the service is back on api:1 and steady/);
  });

  test('waits for the rollback while an earlier rollout runs', async () => {
    const fake = accountWith({ ...underWay, rollouts: [failed, former] });
    const onWait = () => {
      fake.service = {
        ...steadyService,
        taskDefinition: former.taskDefinition,
        rollouts: [
          { ...former, primary: true },
          { ...failed, primary: false },
        ],
      };
    };
    const { message } = await rejection(steadyStep(waitingPipeline(fake, { onWait })).run(context));
    expect(message).toMatch(/the rollout failed \(tasks failed to start\); the service is back on api:1/);
  });

  test('ends at once when the first rollout of a service fails: there is nothing to go back to', async () => {
    const pipeline = fakePipeline(accountWith({ ...underWay, rollouts: [failed] }));
    const { message } = await rejection(steadyStep(pipeline).run(context));
    expect(message).toMatch(
      /TL-PIPE-ROLLOUT the rollout failed \(tasks failed to start\); there is nothing to go back to: no earlier/,
    );
    expect(message).toMatch(/Last events of the service:\n {2}has reached a steady state/);
    expect(pipeline.clock.nowMs()).toBe(0);
  });

  test('ends at once where the circuit breaker does not roll back', async () => {
    const pipeline = fakePipeline(accountWith({ ...underWay, rollouts: [failed, former] }), {
      environment: {
        ...environment,
        deployment: { ...environment.deployment, circuitBreaker: { enabled: true, rollback: false } },
      },
    });
    const { message } = await rejection(steadyStep(pipeline).run(context));
    expect(message).toMatch(/there is nothing to go back to: its circuit breaker does not roll back/);
    expect(pipeline.clock.nowMs()).toBe(0);
  });

  test('ends at once when the rollback fails as well', async () => {
    const back = { ...former, primary: true, state: 'FAILED', reason: 'no capacity' };
    const fake = accountWith({ ...steadyService, taskDefinition: back.taskDefinition, rollouts: [back] });
    const pipeline = fakePipeline(fake);
    const { message } = await rejection(steadyStep(pipeline).run(context));
    expect(message).toMatch(/the rollout failed \(no capacity\); so did the rollback to api:1/);
    expect(pipeline.clock.nowMs()).toBe(0);
  });
});
