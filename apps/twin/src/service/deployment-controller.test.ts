import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { DeploymentController } from './deployment-controller.ts';
import { EventLog } from '../fleet/event-log.ts';

const first = { revision: 1, version: '1', variables: {} };

function create(circuitBreaker = { enabled: true, rollback: true }) {
  const clock = new VirtualClock();
  const log = new EventLog({ clock, subject: 'service api' });
  const deployments = new DeploymentController({ clock, log, circuitBreaker, firstDefinition: first });
  const fail = (times: number): void => {
    for (let index = 0; index < times; index += 1) deployments.taskFailed(deployments.primary.definition, 2);
  };
  const messages = (): string[] => log.all().map(({ message }) => message);
  return { deployments, fail, messages };
}

describe('DeploymentController', () => {
  test('begins with the first deployment in progress, and completes it once', () => {
    const { deployments, messages } = create();
    expect(deployments.inProgress).toBe(true);
    deployments.complete();
    deployments.complete();
    expect(deployments.primary).toMatchObject({ id: 'ecs-svc/0001', rolloutState: 'COMPLETED' });
    expect(messages()).toEqual(['(service api) (deployment ecs-svc/0001) deployment completed.']);
  });

  test('every deployment is a new revision', () => {
    const { deployments } = create();
    deployments.complete();
    deployments.start({ version: '2', variables: { COLOUR: 'green' } });
    deployments.complete();
    deployments.start({ version: '3', variables: {} });
    expect(deployments.all().map(({ definition }) => definition)).toEqual([
      first,
      { revision: 2, version: '2', variables: { COLOUR: 'green' } },
      { revision: 3, version: '3', variables: {} },
    ]);
  });

  test('a deployment that takes the place of an unfinished one stops it', () => {
    const { deployments } = create();
    deployments.complete();
    deployments.start({ version: '2', variables: {} });
    deployments.start({ version: '3', variables: {} });
    expect(deployments.all().map(({ rolloutState }) => rolloutState)).toEqual([
      'COMPLETED',
      'STOPPED',
      'IN_PROGRESS',
    ]);
  });

  test('rolls back to the last completed definition when the breaker opens', () => {
    const { deployments, fail, messages } = create();
    deployments.complete();
    deployments.start({ version: '2', variables: {} });
    fail(2);
    expect(deployments.primary.definition.version).toBe('2');
    fail(1);
    expect(deployments.all().map(({ rolloutState }) => rolloutState)).toEqual([
      'COMPLETED',
      'FAILED',
      'IN_PROGRESS',
    ]);
    expect(deployments.primary.definition).toBe(first);
    expect(messages().slice(1)).toEqual([
      '(service api) (deployment ecs-svc/0002) deployment failed: tasks failed to start.',
      '(service api) rolling back to deployment ecs-svc/0003.',
    ]);
  });

  test('a rollback that fails as well stalls instead of rolling back to itself for ever', () => {
    const { deployments, fail } = create();
    deployments.complete();
    deployments.start({ version: '2', variables: {} });
    fail(6);
    expect(deployments.isStalled).toBe(true);
    expect(deployments.all()).toHaveLength(3);
  });

  test('the first deployment has nothing to return to: it stalls until the next one', () => {
    const { deployments, fail } = create();
    fail(3);
    expect(deployments.isStalled).toBe(true);
    deployments.start({ version: '2', variables: {} });
    expect(deployments.isStalled).toBe(false);
    expect(deployments.inProgress).toBe(true);
  });

  test('without rollback it stalls, although there is a completed deployment', () => {
    const { deployments, fail } = create({ enabled: true, rollback: false });
    deployments.complete();
    deployments.start({ version: '2', variables: {} });
    fail(3);
    expect(deployments.isStalled).toBe(true);
  });

  test('without a breaker it goes on for ever', () => {
    const { deployments, fail } = create({ enabled: false, rollback: false });
    fail(500);
    expect(deployments.inProgress).toBe(true);
  });

  test('a healthy task sets the failures back to zero', () => {
    const { deployments, fail } = create();
    fail(2);
    deployments.taskHealthy(first);
    fail(2);
    expect(deployments.inProgress).toBe(true);
    expect(deployments.primary.failedTasks).toBe(2);
  });

  test('neither failures nor successes of another definition count', () => {
    const { deployments, fail } = create();
    deployments.complete();
    deployments.start({ version: '2', variables: {} });
    for (let index = 0; index < 5; index += 1) deployments.taskFailed(first, 2);
    fail(2);
    deployments.taskHealthy(first);
    expect(deployments.primary.failedTasks).toBe(2);
  });

  test('failures after completion do not count', () => {
    const { deployments, fail } = create();
    deployments.complete();
    fail(10);
    expect(deployments.primary).toMatchObject({ rolloutState: 'COMPLETED', failedTasks: 0 });
  });
});
