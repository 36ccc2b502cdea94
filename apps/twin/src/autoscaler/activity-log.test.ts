import { describe, expect, test } from '@jest/globals';
import type { ScalingDecision } from '@tideline/scaling';
import { ActivityLog } from './activity-log.ts';

const decision = (from: number, to: number): ScalingDecision => ({
  policy: 'cpu',
  outcome: 'scaled',
  from,
  to,
  cause: 'monitor alarm x in state ALARM triggered policy cpu',
  reason: 'CPU is 90',
});

const statuses = (log: ActivityLog): readonly string[] => log.all().map(({ status }) => status);

describe('ActivityLog', () => {
  test('an activity is in progress until the service has reached its count', () => {
    const log = new ActivityLog();
    log.add(decision(2, 6), 360);
    expect(log.all()).toEqual([
      {
        cloudSeconds: 360,
        from: 2,
        to: 6,
        policy: 'cpu',
        cause: 'monitor alarm x in state ALARM triggered policy cpu. CPU is 90',
        status: 'InProgress',
      },
    ]);
    log.reached(2);
    expect(statuses(log)).toEqual(['InProgress']);
    log.reached(6);
    expect(statuses(log)).toEqual(['Successful']);
  });

  test('one that a newer activity overtakes is overridden, and stays so', () => {
    const log = new ActivityLog();
    log.add(decision(2, 4), 60);
    log.add(decision(4, 6), 60);
    log.reached(6);
    log.add(decision(6, 5), 60);
    log.reached(5);
    expect(statuses(log)).toEqual(['Overridden', 'Successful', 'Successful']);
  });

  test('what was not scaled overtakes nothing', () => {
    const log = new ActivityLog();
    log.add(decision(4, 6), 60);
    log.add({ ...decision(6, 6), outcome: 'not-scaled', reasonCode: 'AlreadyAtMaxCapacity' }, 120);
    log.add({ ...decision(6, 6), outcome: 'failed' }, 120);
    log.reached(6);
    expect(statuses(log)).toEqual(['Successful', 'NotScaled', 'Failed']);
    expect(log.all()[1]?.reasonCode).toBe('AlreadyAtMaxCapacity');
    expect(log.all()[2]).not.toHaveProperty('reasonCode');
  });
});

test('an activity of a service says what ECS makes of it; one of a group says nothing', () => {
  const decision = { policy: 'cpu', outcome: 'scaled', from: 1, to: 2, cause: 'c', reason: 'r' } as const;
  const service = new ActivityLog({ scales: 'service' });
  service.add(decision, 60);
  expect(service.all()[0]?.statusMessage).toBe(
    'Successfully set desired count to 2. Waiting for change to be fulfilled by ecs.',
  );
  service.reached(2);
  expect(service.all()[0]?.statusMessage).toBe(
    'Successfully set desired count to 2. Change successfully fulfilled by ecs.',
  );
  const group = new ActivityLog();
  group.add(decision, 60);
  expect(group.all()[0]).not.toHaveProperty('statusMessage');
});
