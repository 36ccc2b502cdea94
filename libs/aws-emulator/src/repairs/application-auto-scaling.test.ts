import { describe, expect, test } from '@jest/globals';
import { callRepair } from '../../test/call-repair.ts';
import { applicationAutoScalingRepairs } from './application-auto-scaling.ts';

const arn = 'arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/1';

describe('Application Auto Scaling behind the gateway', () => {
  test('a target has the tags that it was registered with, changed by later calls', async () => {
    const repairs = applicationAutoScalingRepairs();
    const list = () => callRepair(repairs, 'ListTagsForResource', { parameters: { ResourceARN: arn } });
    await callRepair(repairs, 'RegisterScalableTarget', {
      parameters: { Tags: { project: 'tideline', stage: 'dev' } },
      moto: { ScalableTargetARN: arn },
    });
    expect(await list()).toEqual({ Tags: { project: 'tideline', stage: 'dev' } });

    await callRepair(repairs, 'TagResource', { parameters: { ResourceARN: arn, Tags: { stage: 'prod' } } });
    await callRepair(repairs, 'UntagResource', { parameters: { ResourceARN: arn, TagKeys: ['project'] } });
    expect(await list()).toEqual({ Tags: { stage: 'prod' } });
  });

  test('registering again without tags keeps them', async () => {
    const repairs = applicationAutoScalingRepairs();
    for (const parameters of [{ Tags: { stage: 'dev' } }, { MaxCapacity: 7 }]) {
      await callRepair(repairs, 'RegisterScalableTarget', { parameters, moto: { ScalableTargetARN: arn } });
    }
    const listed = await callRepair(repairs, 'ListTagsForResource', { parameters: { ResourceARN: arn } });
    expect(listed).toEqual({ Tags: { stage: 'dev' } });
  });

  test('nothing has tags or a history at first', async () => {
    const repairs = applicationAutoScalingRepairs();
    expect(await callRepair(repairs, 'ListTagsForResource', { parameters: { ResourceARN: arn } })).toEqual({
      Tags: {},
    });
    expect(await callRepair(repairs, 'DescribeScalingActivities', { parameters: {} })).toEqual({
      ScalingActivities: [],
    });
  });
});
