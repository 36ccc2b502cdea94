import { describe, expect, test } from '@jest/globals';
import { AutoScalingGroupRig } from '../../test/auto-scaling-group-rig.ts';
import { ReleaseRig } from '../../test/release-rig.ts';
import { ServiceRig } from '../../test/service-rig.ts';
import { rollOut } from './roll-out.ts';

describe('what was saved is rolled out, with the variables of the present version', () => {
  const present = { version: '2', variables: { NAME: 'kept' } };
  const saved = { version: 'saved-1', variables: { NAME: 'kept' } };

  test('by a rolling deployment of a service', async () => {
    const { service } = await ServiceRig.steady();
    service.deploy(present);
    rollOut(service, 'saved-1');
    expect(service.deployments.primary.definition).toMatchObject(saved);
  });

  test('by a release of a service that is released blue/green', async () => {
    const rig = await ReleaseRig.steady();
    rollOut(rig.service, 'saved-1');
    expect(rig.release.to).toMatchObject({ version: 'saved-1', variables: {} });
    expect(() => rollOut(rig.service, 'saved-2')).toThrow(/under way|in progress|InProgress/i);
  });

  test('by an instance refresh of a group', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.startRefresh(present);
    rollOutFails(rig);
    await rig.clock.advance(2000);
    rollOut(rig.group, 'saved-1');
    expect(rig.group.refreshes.template).toMatchObject(saved);
  });
});

/** A refresh under way is not put aside. */
const rollOutFails = (rig: AutoScalingGroupRig): void =>
  expect(() => rollOut(rig.group, 'too soon')).toThrow(/is InProgress; cancel it first/);
