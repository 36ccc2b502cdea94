import { describe, expect, test } from '@jest/globals';
import { callRepair } from '../../test/call-repair.ts';
import { capacityProviderRepairs } from './capacity-providers.ts';

const named = (managedDraining?: string) => ({
  name: 'one',
  autoScalingGroupProvider: {
    managedScaling: { status: 'ENABLED' },
    ...(managedDraining === undefined ? {} : { managedDraining }),
  },
});

describe('capacity providers behind the gateway', () => {
  test('keep how their instances are drained, which an update changes only when it names it', async () => {
    const repairs = capacityProviderRepairs();
    const update = (managedDraining?: string) =>
      callRepair(repairs, 'UpdateCapacityProvider', {
        parameters: {
          name: 'one',
          autoScalingGroupProvider: named(managedDraining).autoScalingGroupProvider,
        },
        moto: { capacityProvider: named() },
      });
    const describeIt = () =>
      callRepair(repairs, 'DescribeCapacityProviders', {
        parameters: { capacityProviders: ['one'] },
        moto: { capacityProviders: [named()], failures: [] },
      });
    await callRepair(repairs, 'CreateCapacityProvider', {
      parameters: named('ENABLED'),
      moto: { capacityProvider: named('ENABLED') },
    });
    await update();
    expect(await describeIt()).toEqual({ capacityProviders: [named('ENABLED')], failures: [] });
    await update('DISABLED');
    expect(await describeIt()).toEqual({ capacityProviders: [named('DISABLED')], failures: [] });
  });

  test('are all described where none is named', async () => {
    const repairs = capacityProviderRepairs();
    const all = () => callRepair(repairs, 'DescribeCapacityProviders', { parameters: {} });
    expect(await all()).toEqual({ capacityProviders: [], failures: [] });
    await callRepair(repairs, 'CreateCapacityProvider', {
      parameters: named('ENABLED'),
      moto: { capacityProvider: named('ENABLED') },
    });
    expect(await all()).toEqual({ capacityProviders: [named('ENABLED')], failures: [] });
  });

  test('are not deleted while a cluster has them', async () => {
    const repairs = capacityProviderRepairs();
    const put = (capacityProviders: readonly string[]) =>
      callRepair(repairs, 'PutClusterCapacityProviders', { parameters: { cluster: 'c', capacityProviders } });
    const remove = () =>
      callRepair(repairs, 'DeleteCapacityProvider', {
        parameters: { capacityProvider: 'arn:aws:ecs:us-east-1:123456789012:capacity-provider/one' },
        moto: { capacityProvider: named() },
      });
    await put(['one']);
    expect(await remove()).toMatchObject({ __type: 'ResourceInUseException' });
    await put([]);
    expect(await remove()).toEqual({ capacityProvider: named() });
  });
});
