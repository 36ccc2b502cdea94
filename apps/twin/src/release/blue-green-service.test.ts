import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ReleaseRig } from '../../test/release-rig.ts';
import { changeProtection } from '../agent/task-protection.ts';
import { ReleaseConflict, unsteadyGraceSeconds } from './release-controller.ts';

const second = { version: '2', variables: {} };
const sick = { version: '2', variables: { SICK: 'yes' } };
const minutes = (count: number): number => count * 60;
const greenWeights = (rig: ReleaseRig): readonly number[] => rig.weights.map(({ green }) => green);

describe('a good release', () => {
  test('by a canary goes through CodeDeploy’s lifecycle, bakes, and ends the old tasks', async () => {
    const rig = await ReleaseRig.steady({ shift: { kind: 'canary', percent: 10, intervalMinutes: 5 } });
    rig.service.deploy(second);
    await rig.clock.advance(30);
    expect(greenWeights(rig)).toEqual([0, 10]);
    expect(rig.release.status).toBe('InProgress');
    await rig.clock.advance(minutes(5));
    expect(greenWeights(rig)).toEqual([0, 10, 100]);
    expect(rig.release.status).toBe('Ready');
    expect(rig.versions()).toEqual(['1', '1', '2', '2']);
    await rig.clock.advance(minutes(6));
    expect(rig.release).toMatchObject({ status: 'Succeeded', error: null });
    expect(rig.release.events.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'BeforeInstall Succeeded',
      'Install Succeeded',
      'AfterInstall Succeeded',
      'AllowTestTraffic Succeeded',
      'AfterAllowTestTraffic Succeeded',
      'BeforeAllowTraffic Succeeded',
      'AllowTraffic Succeeded',
      'AfterAllowTraffic Succeeded',
    ]);
    expect(rig.versions()).toEqual(['2', '2']);
    expect(rig.outages).toEqual([]);
  });

  test('of a third version goes back to the first target group', async () => {
    const rig = await ReleaseRig.steady({ terminationWaitMinutes: 0 });
    rig.service.deploy(second);
    await rig.clock.advance(minutes(3));
    rig.service.deploy({ version: '3', variables: {} });
    await rig.clock.advance(minutes(3));
    expect(greenWeights(rig)).toEqual([0, 100, 0]);
    expect(rig.versions()).toEqual(['3', '3']);
  });
});

describe('a task of the old set that is protected from scale-in', () => {
  test('stays after all traffic has left it, and the release ends with its protection', async () => {
    const rig = await ReleaseRig.steady({ terminationWaitMinutes: 0 });
    const [first] = rig.service.tasks();
    changeProtection(first!, { enabled: true, expiresInMinutes: 90 }, rig.service);
    rig.service.deploy(second);
    await rig.clock.advance(minutes(30));
    expect(greenWeights(rig)).toEqual([0, 100]);
    expect(rig.versions()).toEqual(['1', '2', '2']);
    expect(rig.service.isRollingOut).toBe(true);
    await rig.clock.advance(minutes(70));
    expect(rig.versions()).toEqual(['2', '2']);
    expect(rig.release).toMatchObject({ status: 'Succeeded' });
  });
});

describe('a release is rolled back', () => {
  test('without any traffic when its tasks do not become healthy in time', async () => {
    const rig = await ReleaseRig.steady({ healthyWithinMinutes: 10 });
    rig.service.deploy(sick);
    await rig.clock.advance(minutes(13));
    expect(rig.release).toMatchObject({ status: 'Failed', error: { code: 'TIMEOUT' }, shifts: [] });
    expect(greenWeights(rig)).toEqual([0]);
    expect(rig.versions()).toEqual(['1', '1']);
  });

  test('without any traffic when its test traffic fails', async () => {
    const rig = await ReleaseRig.steady();
    rig.testOutcome = 'status 500';
    rig.service.deploy(second);
    await rig.clock.advance(minutes(2));
    expect(rig.release.error).toEqual({ code: 'HOOK_EXECUTION_FAILURE', message: 'status 500' });
    expect(greenWeights(rig)).toEqual([0]);
  });

  test('when an alarm rings before any traffic, as by errors of the version that it is to mend', async () => {
    const rig = await ReleaseRig.steady();
    rig.service.deploy(second);
    rig.service.releases.alarmed('errors');
    await rig.clock.advance(60);
    expect(rig.release).toMatchObject({ status: 'Failed', error: { code: 'ALARM_ACTIVE' }, shifts: [] });
    expect(greenWeights(rig)).toEqual([0]);
    expect(rig.versions()).toEqual(['1', '1']);
  });

  test('at once when an alarm rings during the shift, and during the bake time', async () => {
    for (const shift of [{ kind: 'canary' }, { kind: 'all-at-once' }] as const) {
      const rig = await ReleaseRig.steady({ shift });
      rig.service.deploy(second);
      await rig.clock.advance(60);
      rig.service.releases.alarmed('errors');
      expect(greenWeights(rig).at(-1)).toBe(0);
      await rig.clock.advance(60);
      expect(rig.release).toMatchObject({ status: 'Failed', error: { code: 'ALARM_ACTIVE' } });
      expect(rig.versions()).toEqual(['1', '1']);
      expect(rig.service.primary.definition.version).toBe('1');
      expect(rig.outages).toEqual([]);
    }
  });

  test('by hand', async () => {
    const rig = await ReleaseRig.steady({ shift: { kind: 'linear' } });
    rig.service.deploy(second);
    await rig.clock.advance(minutes(3));
    rig.service.releases.stop();
    await rig.clock.advance(60);
    expect(rig.release).toMatchObject({ status: 'Stopped', error: { code: 'MANUAL_STOP' } });
    expect(() => rig.service.releases.stop()).toThrow(ReleaseConflict);
  });

  test('when a scaling event leaves its tasks short for five minutes', async () => {
    const rig = await ReleaseRig.steady({ shift: { kind: 'canary', intervalMinutes: 30 } });
    rig.service.deploy(second);
    await rig.clock.advance(60);
    rig.runtime.onStart = () => undefined; // further tasks never listen
    rig.service.setDesired(4);
    await rig.clock.advance(unsteadyGraceSeconds - 1);
    expect(rig.release.status).toBe('InProgress');
    await rig.clock.advance(2);
    expect(rig.release).toMatchObject({ status: 'Failed', error: { code: 'HEALTH_CONSTRAINTS' } });
  });

  test('no sooner than real processes could have started, however fast cloud time runs', async () => {
    const rig = await ReleaseRig.steady({ shift: { kind: 'canary', intervalMinutes: 60 } });
    rig.clock.speed = 60;
    rig.service.deploy(second);
    await rig.clock.advance(60);
    rig.runtime.onStart = () => undefined; // further tasks never listen
    rig.service.setDesired(4);
    await rig.clock.advance(15 * 60 - 1);
    expect(rig.release.status).toBe('InProgress');
    await rig.clock.advance(2);
    expect(rig.release).toMatchObject({ status: 'Failed', error: { code: 'HEALTH_CONSTRAINTS' } });
  });
});

describe('while a release is under way', () => {
  test('a second one is refused', async () => {
    const rig = await ReleaseRig.steady();
    rig.service.deploy(second);
    expect(() => rig.service.deploy(second)).toThrow(ReleaseConflict);
  });

  test('a new desired count goes to both sets, and the shift goes on', async () => {
    const rig = await ReleaseRig.steady({
      shift: { kind: 'linear', percent: 50 },
      terminationWaitMinutes: 2,
    });
    rig.service.deploy(second);
    await rig.clock.advance(40);
    rig.service.setDesired(3);
    await rig.clock.advance(30);
    expect(rig.versions().toSorted()).toEqual(['1', '1', '1', '2', '2', '2']);
    await rig.clock.advance(minutes(5));
    expect(rig.release.status).toBe('Succeeded');
    expect(rig.versions()).toEqual(['2', '2', '2']);
    expect(rig.outages).toEqual([]);
  });

  test('scale-in is held until the old tasks are gone', async () => {
    const rig = await ReleaseRig.steady({ terminationWaitMinutes: 5 });
    rig.service.deploy(second);
    await rig.clock.advance(minutes(4));
    expect(rig.service.isScaleInHeld).toBe(true);
    await rig.clock.advance(minutes(4));
    expect(rig.service.isScaleInHeld).toBe(false);
  });
});

test('whatever happens when, weights are 100 together, no group with traffic is ever without a healthy task, and one version is left', async () => {
  const happening = fc.oneof(
    fc.record({ kind: fc.constant('alarm' as const), afterSeconds: fc.integer({ min: 1, max: 900 }) }),
    fc.record({ kind: fc.constant('stop' as const), afterSeconds: fc.integer({ min: 1, max: 900 }) }),
    fc.record({ kind: fc.constant('scale' as const), afterSeconds: fc.integer({ min: 1, max: 900 }) }),
  );
  const shift = fc.constantFrom(
    { kind: 'all-at-once' as const },
    { kind: 'canary' as const, percent: 20, intervalMinutes: 3 },
    { kind: 'linear' as const, percent: 25, intervalMinutes: 1 },
  );
  await fc.assert(
    fc.asyncProperty(shift, fc.array(happening, { maxLength: 3 }), async (chosen, happenings) => {
      const rig = await ReleaseRig.steady({ shift: chosen });
      rig.service.deploy(second);
      for (const { kind, afterSeconds } of happenings) {
        await rig.clock.advance(afterSeconds);
        if (kind === 'alarm') rig.service.releases.alarmed('errors');
        if (kind === 'scale') rig.service.setDesired(rig.service.desired + 1);
        if (kind === 'stop' && rig.release.status === 'InProgress') rig.service.releases.stop();
      }
      await rig.clock.advance(minutes(30));
      for (const { blue, green } of rig.weights) expect(blue + green).toBe(100);
      expect(rig.outages).toEqual([]);
      expect(new Set(rig.versions())).toEqual(new Set([rig.release.status === 'Succeeded' ? '2' : '1']));
      expect(rig.versions()).toHaveLength(rig.service.desired);
      expect(rig.release.endedAtSeconds).not.toBeNull();
    }),
    { numRuns: 40 },
  );
});
