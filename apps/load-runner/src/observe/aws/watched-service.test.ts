import { describe, expect, test } from '@jest/globals';
import { service, targetGroupArn } from '../../../test/fake-aws.ts';
import { isDeploying, targetCounts, targetGroupArns } from './watched-service.ts';

describe('service state', () => {
  test('a service that ECS tells little of counts as empty', () => {
    expect(targetCounts([])).toEqual({ healthy: 0, unhealthy: 0, draining: 0 });
    expect(targetGroupArns({})).toEqual([]);
    expect(isDeploying({})).toBe(false);
  });

  test('is registered where its target groups say', () => {
    expect(targetGroupArns(service)).toEqual([targetGroupArn]);
  });

  test('that CodeDeploy releases is registered where its primary task set is, and deployed while it has two', () => {
    const green = { status: 'PRIMARY', loadBalancers: [{ targetGroupArn: 'green' }] };
    const blue = { status: 'ACTIVE', loadBalancers: [{ targetGroupArn: 'blue' }] };
    const released = { ...service, deployments: [], taskSets: [blue, green] };
    expect([targetGroupArns(released), isDeploying(released)]).toEqual([['green'], true]);
    expect(isDeploying({ ...released, taskSets: [green] })).toBe(false);
  });

  test.each([
    ['one that is completed', [{ rolloutState: 'COMPLETED' }], false],
    ['one that failed', [{ rolloutState: 'FAILED' }], false],
    ['one under way', [{ rolloutState: 'IN_PROGRESS' }], true],
    ['an older one still draining', [{ rolloutState: 'COMPLETED' }, { rolloutState: 'COMPLETED' }], true],
  ] as const)('with %s, being deployed is told', (_name, deployments, expected) => {
    expect(isDeploying({ ...service, deployments: [...deployments] })).toBe(expected);
  });
});
