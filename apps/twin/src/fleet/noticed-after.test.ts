import { expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { noticedAfterSeconds } from './noticed-after.ts';

const noticed = (
  kind: 'fargate' | 'ecs-ec2' | 'ec2-asg',
  deadTargetSeconds: { taskExit?: number; instanceLoss?: number; zoneLoss?: number } = {},
) => noticedAfterSeconds(environmentOn(kind, { assumptions: { deadTargetSeconds } }));

test('by default a task is noticed after 5 s, an instance after 120 s, and a zone by health checks alone', () => {
  expect(noticed('fargate')).toEqual({
    'task-exit': 5,
    'application-exit': Infinity,
    'instance-loss': 120,
    'zone-loss': Infinity,
  });
});

test('each figure is that of the description', () => {
  const figures = { taskExit: 1, instanceLoss: 7, zoneLoss: 3 };
  expect(noticed('fargate', figures)).toMatchObject({ 'task-exit': 1, 'instance-loss': 7, 'zone-loss': 3 });
});

test.each(['ecs-ec2', 'ec2-asg'] as const)(
  'a zone of %s is noticed by the status checks of its instances',
  (kind) => {
    expect(noticed(kind)['zone-loss']).toBe(120);
    expect(noticed(kind, { zoneLoss: 30 })['zone-loss']).toBe(30);
    expect(noticed(kind, { zoneLoss: 300 })['zone-loss']).toBe(120);
  },
);
