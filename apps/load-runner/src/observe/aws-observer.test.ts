import { describe, expect, test } from '@jest/globals';
import type { Environment } from '@tideline/config';
import { containerInstanceEnvironment, groupEnvironment, serviceEnvironment } from '@tideline/config/testing';
import { observationSchema } from '@tideline/evidence';
import { reservationKey } from '@tideline/config';
import {
  type FakeAccount,
  activity,
  at,
  fakeAws,
  group,
  highAlarm,
  lowAlarm,
  notScaled,
  policy,
  service,
} from '../../test/fake-aws.ts';
import type { AwsReads } from './aws/reads/aws-reads.ts';
import { AwsObserver } from './aws-observer.ts';
import { ObserverError } from './scaling-observer.ts';

interface Observing {
  readonly environment?: Environment;
  readonly account?: Partial<FakeAccount>;
  readonly startSeconds?: number;
  /** Comes before each answer; may throw, or take its time. */
  readonly beforeAnswer?: (action: keyof AwsReads, wait: (seconds: number) => void) => void;
}

function observing({
  environment = serviceEnvironment(),
  account = {},
  startSeconds = 200,
  beforeAnswer,
}: Observing = {}) {
  const clock = { nowMs: at(startSeconds).getTime() };
  const wait = (seconds: number): void => void (clock.nowMs += seconds * 1000);
  const aws = fakeAws(account, (action) => beforeAnswer?.(action, wait));
  const observer = new AwsObserver(environment, aws.reads, () => clock.nowMs);
  return { ...aws, observer, wait };
}

describe('AWS observer', () => {
  test('an observation has the shape that the twin’s has', async () => {
    const { observer, wait } = observing();
    wait(190);
    const observation = await observer.observe();
    expect(observationSchema.parse(observation)).toEqual(observation);
    expect(observation).toEqual({
      cloudSeconds: 390,
      speed: 1,
      capacity: { min: 2, max: 6 },
      unit: 'task',
      service: { desired: 6, pending: 2, running: 4, healthy: 3, unhealthy: 1, draining: 2 },
      deploymentInProgress: false,
      policies: [
        {
          name: 'requests-per-target',
          metricKey: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
          target: 50,
          alarms: [
            { name: expect.stringContaining('-AlarmHigh-'), comparison: '>', threshold: 50, state: 'ALARM' },
            { name: expect.stringContaining('-AlarmLow-'), comparison: '<', threshold: 45, state: 'OK' },
          ],
        },
      ],
      activities: [expect.objectContaining({ cloudSeconds: 300, to: 6, status: 'Successful' })],
      metrics: [
        {
          key: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
          unit: expect.any(String),
          periodSeconds: 60,
          datapoints: [
            { cloudSeconds: 240, value: 900 },
            { cloudSeconds: 300, value: 840 },
          ],
        },
      ],
      events: [
        { cloudSeconds: 60, message: expect.stringContaining('steady state') },
        { cloudSeconds: 310, message: expect.stringContaining('started 4 tasks') },
      ],
    });
  });

  test('AWS is asked by the names that the stacks give', async () => {
    const { observer, inputsOf } = observing();
    await observer.observe();
    expect(inputsOf('describeServices')).toEqual([
      { cluster: 'tideline-dev', services: ['tideline-dev-api'] },
    ]);
    expect(inputsOf('describeScalableTargets')).toEqual([
      expect.objectContaining({ ResourceIds: ['service/tideline-dev/tideline-dev-api'] }),
    ]);
    expect(inputsOf('describeScalingActivities')[0]).toMatchObject({ IncludeNotScaledActivities: true });
  });

  test('what was scaled counts from the desired count that was seen before', async () => {
    const { observer, wait } = observing({
      account: {
        services: [{ ...service, desiredCount: 3 }],
        activities: [notScaled('AlreadyAtMaxCapacity', { MaxCapacity: 6 }), activity({})],
      },
    });
    await observer.observe();
    wait(120);
    const { activities } = await observer.observe();
    expect(activities.map(({ from, to, status }) => ({ from, to, status }))).toEqual([
      { from: 3, to: 3, status: 'NotScaled' },
      { from: 3, to: 6, status: 'Successful' },
    ]);
  });

  test('counts are asked for at every look, and what changes once a minute every 15 s', async () => {
    const { observer, wait, inputsOf } = observing();
    for (let look = 0; look < 4; look += 1) {
      await observer.observe();
      wait(5);
    }
    expect(inputsOf('describeServices')).toHaveLength(4);
    expect(inputsOf('describeTargetHealth')).toHaveLength(4);
    expect(inputsOf('describeScalableTargets')).toHaveLength(2);
  });

  test('a failed answer is not kept', async () => {
    let isDenied = true;
    const { observer } = observing({
      beforeAnswer: (action) => {
        if (isDenied && action === 'describeAlarms')
          throw new ObserverError('cloudwatch:DescribeAlarms was denied');
      },
    });
    await expect(observer.observe()).rejects.toThrow('cloudwatch:DescribeAlarms was denied');
    isDenied = false;
    await expect(observer.observe()).resolves.toMatchObject({ policies: [{ alarms: { length: 2 } }] });
  });

  test('a cluster without the service is told by the names that were looked for', async () => {
    for (const services of [[], [{ ...service, status: 'INACTIVE' }]]) {
      await expect(observing({ account: { services } }).observer.observe()).rejects.toThrow(
        /TL-RUN-OBSERVER ecs:DescribeServices found no service tideline-dev-api in cluster tideline-dev of us-east-1; deploy/,
      );
    }
  });

  test('a service that nothing scales has the bounds that it stands at', async () => {
    const { observer } = observing({ account: { capacity: null, policies: [], activities: [] } });
    expect(await observer.observe()).toMatchObject({
      capacity: { min: 6, max: 6 },
      policies: [],
      metrics: [],
    });
  });

  test('cloud time is that of the middle between question and answer', async () => {
    const { observer } = observing({
      startSeconds: 100,
      beforeAnswer: (action, wait) => {
        if (action === 'describeServices') wait(4);
      },
    });
    expect(await observer.observe()).toMatchObject({ cloudSeconds: 102 });
  });

  test('its speed cannot be changed', async () => {
    await expect(observing().observer.setSpeed()).rejects.toThrow(/at AWS cloud time is wall time/);
  });

  test('a group of instances is observed in the shape of a service', async () => {
    const { observer, inputsOf } = observing({ environment: groupEnvironment(), startSeconds: 390 });
    const observation = await observer.observe();
    expect(observationSchema.parse(observation)).toEqual(observation);
    expect(observation).toMatchObject({
      cloudSeconds: 390,
      capacity: { min: 2, max: 10 },
      unit: 'instance',
      service: { desired: 4, pending: 1, running: 3, healthy: 3, unhealthy: 1, draining: 2 },
      deploymentInProgress: false,
      policies: [{ name: 'requests-per-target', target: 50, alarms: { length: 2 } }],
      activities: [{ cloudSeconds: 300, from: 2, to: 4, policy: 'cpu', status: 'InProgress' }],
      events: [{ cloudSeconds: 310, message: 'Launching a new EC2 instance: i-3' }],
    });
    expect(inputsOf('describeAutoScalingGroups')[0]).toEqual({ AutoScalingGroupNames: ['tideline-dev-api'] });
    expect(inputsOf('describeServices')).toEqual([]);
  });

  test('the instances that tasks run on are observed beside them', async () => {
    const managed = 'ECSManagedAutoScalingPolicy-6d8972f3';
    const reservation = {
      Namespace: 'AWS/ECS/ManagedScaling',
      MetricName: 'CapacityProviderReservation',
      Statistic: 'Average',
    } as const;
    const { observer, inputsOf } = observing({
      environment: containerInstanceEnvironment(),
      startSeconds: 390,
      account: {
        policies: [{ ...policy, PolicyName: managed }],
        alarms: [
          { ...highAlarm, ...reservation, Threshold: 100 },
          { ...lowAlarm, ...reservation, Threshold: 90 },
        ],
      },
    });
    const observation = await observer.observe();
    expect(observationSchema.parse(observation)).toEqual(observation);
    expect(observation).toMatchObject({
      unit: 'task',
      service: { desired: 6, running: 4 },
      capacityProvider: {
        name: 'tideline-dev-api',
        capacity: { min: 2, max: 10 },
        instances: { desired: 4, registering: 1, active: 3, draining: 1 },
        policies: [
          {
            ...{ name: managed, metricKey: reservationKey },
            alarms: [
              { comparison: '>', threshold: 100, state: 'ALARM' },
              { comparison: '<', threshold: 90, state: 'OK' },
            ],
          },
        ],
        activities: [{ cloudSeconds: 300, from: 2, to: 4, status: 'InProgress' }],
      },
    });
    expect(observation.metrics).toContainEqual(
      expect.objectContaining({ key: reservationKey, unit: 'Percent', datapoints: expect.any(Array) }),
    );
    expect(observation.events.map(({ message }) => message)).toContain('Launching a new EC2 instance: i-3');
    expect(inputsOf('describeAutoScalingGroups')[0]).toEqual({ AutoScalingGroupNames: ['tideline-dev-api'] });
    // The group of a capacity provider is not refreshed: its tasks are deployed.
    expect(inputsOf('describeInstanceRefreshes')).toEqual([]);
  });

  test('tasks without the group that they should run on are told', async () => {
    await expect(
      observing({ environment: containerInstanceEnvironment(), account: { groups: [] } }).observer.observe(),
    ).rejects.toThrow(
      /TL-RUN-OBSERVER autoscaling:DescribeAutoScalingGroups found no group tideline-dev-api/,
    );
  });

  test.each([
    ['Baking', true],
    ['RollbackInProgress', true],
    ['Successful', false],
    ['RollbackSuccessful', false],
  ] as const)('a group whose latest refresh is %s is being deployed: %s', async (Status, expected) => {
    const { observer } = observing({ environment: groupEnvironment(), account: { refreshes: [{ Status }] } });
    expect((await observer.observe()).deploymentInProgress).toBe(expected);
  });

  test('a group that is missing or being deleted is told by its name', async () => {
    for (const groups of [[], [{ ...group, Status: 'Delete in progress' }]]) {
      await expect(
        observing({ environment: groupEnvironment(), account: { groups } }).observer.observe(),
      ).rejects.toThrow(
        /TL-RUN-OBSERVER autoscaling:DescribeAutoScalingGroups found no group tideline-dev-api in us-east-1; deploy/,
      );
    }
  });
});
