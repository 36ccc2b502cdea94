import { describe, expect, test } from '@jest/globals';
import { answerOf, awsRequest } from '../../test/call-repair.ts';
import { type Repair } from '../gateway/repair.ts';
import { autoScalingRepairs } from './auto-scaling.ts';

const described = `<member><AutoScalingGroupName>web</AutoScalingGroupName><LaunchTemplate><LaunchTemplateId>lt-1</LaunchTemplateId><Version>1</Version></LaunchTemplate><MinSize>1</MinSize></member>`;

async function call(
  repairs: readonly Repair[],
  operation: string,
  { parameters = {}, moto = '' }: { parameters?: Readonly<Record<string, unknown>>; moto?: string } = {},
): Promise<string> {
  const request = awsRequest({ operation, parameters: { AutoScalingGroupName: 'web', ...parameters } });
  return (await answerOf(repairs, request, () => Promise.resolve({ status: 200, body: moto }))).body;
}

describe('EC2 Auto Scaling behind the gateway', () => {
  test('a group keeps its warm-up', async () => {
    const repairs = autoScalingRepairs();
    await call(repairs, 'CreateAutoScalingGroup', { parameters: { DefaultInstanceWarmup: '300' } });
    expect(await call(repairs, 'DescribeAutoScalingGroups', { moto: described })).toContain(
      '<AutoScalingGroupName>web</AutoScalingGroupName><DefaultInstanceWarmup>300</DefaultInstanceWarmup><CapacityReservationSpecification>',
    );
  });

  test('metrics are switched on beside those that are, and off again', async () => {
    const repairs = autoScalingRepairs();
    const moto = `${described}<EnabledMetrics />`;
    const metrics = async () =>
      (await call(repairs, 'DescribeAutoScalingGroups', { moto })).match(/(?<=<Metric>)\w+/g);
    const named = (...names: readonly string[]) => ({
      parameters: Object.fromEntries(names.map((name, index) => [`Metrics.member.${index + 1}`, name])),
    });
    await call(repairs, 'EnableMetricsCollection', named('GroupMinSize', 'GroupMaxSize'));
    await call(repairs, 'EnableMetricsCollection', named('WarmPoolMinSize', 'GroupMaxSize'));
    expect(await metrics()).toEqual(['GroupMinSize', 'GroupMaxSize', 'WarmPoolMinSize']);
    await call(repairs, 'DisableMetricsCollection', named('GroupMaxSize'));
    expect(await metrics()).toEqual(['GroupMinSize', 'WarmPoolMinSize']);
    await call(repairs, 'DisableMetricsCollection');
    expect(await metrics()).toBeNull();
  });

  test('a hook has the listener that it was given, and no other', async () => {
    const hook = (queue: string, role: string) =>
      `<LifecycleHookName>h</LifecycleHookName><NotificationTargetARN>arn:aws:sqs:${queue}</NotificationTargetARN><RoleARN>arn:aws:iam::${role}</RoleARN>`;
    const listed = (moto: string) => call(autoScalingRepairs(), 'DescribeLifecycleHooks', { moto });
    expect(
      await listed(hook('us-east-1:123456789012:my-queue', '1234567890:role/my-auto-scaling-role')),
    ).toBe('<LifecycleHookName>h</LifecycleHookName>');
    const named = hook('us-east-1:123456789012:events', '123456789012:role/hooks');
    expect(await listed(named)).toBe(named);
  });

  test('policies are enabled, and predict nothing', async () => {
    const moto = '<PolicyType>StepScaling</PolicyType><StepAdjustments/><PredictiveScalingConfiguration/>';
    expect(await call(autoScalingRepairs(), 'DescribePolicies', { moto })).toBe(
      '<PolicyType>StepScaling</PolicyType><Enabled>true</Enabled><StepAdjustments/>',
    );
  });

  test('a topic is told of events until it is not', async () => {
    const repairs = autoScalingRepairs();
    const ask = () =>
      call(repairs, 'DescribeNotificationConfigurations', {
        parameters: { 'AutoScalingGroupNames.member.1': 'web' },
      });
    await call(repairs, 'PutNotificationConfiguration', {
      parameters: {
        TopicARN: 'topic',
        'NotificationTypes.member.1': 'launch',
        'NotificationTypes.member.2': 'end',
      },
    });
    expect((await ask()).match(/<NotificationType>\w+/g)).toEqual([
      '<NotificationType>launch',
      '<NotificationType>end',
    ]);
    await call(repairs, 'DeleteNotificationConfiguration', { parameters: { TopicARN: 'topic' } });
    expect(await ask()).not.toContain('NotificationType>');
  });

  test('a refresh ends at once, and the group runs what it brought', async () => {
    const repairs = autoScalingRepairs();
    expect(await call(repairs, 'DescribeInstanceRefreshes')).not.toContain('<member>');
    const started = await call(repairs, 'StartInstanceRefresh', {
      parameters: {
        'DesiredConfiguration.LaunchTemplate.LaunchTemplateId': 'lt-1',
        'DesiredConfiguration.LaunchTemplate.Version': '2',
      },
    });
    expect(started).toContain('<InstanceRefreshId>refresh-1</InstanceRefreshId>');
    expect(await call(repairs, 'DescribeInstanceRefreshes')).toMatch(
      /<InstanceRefreshId>refresh-1<.*<Status>Successful</,
    );
    expect(await call(repairs, 'DescribeAutoScalingGroups', { moto: described })).toContain(
      '<LaunchTemplateId>lt-1</LaunchTemplateId><Version>2</Version>',
    );
  });
});
