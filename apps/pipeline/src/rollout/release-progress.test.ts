import { describe, expect, test } from '@jest/globals';
import { newRelease } from '../../test/fake-pipeline.ts';
import { releaseProgress } from './release-progress.ts';

const release = newRelease('d-1', 'td:2');
const over = (...names: readonly string[]) => names.map((name) => ({ name, status: 'Succeeded' }));

describe('how far a release is', () => {
  test('tells its event and the traffic of both task sets', () => {
    const traffic = [
      { label: 'blue', targetGroup: 'api', percent: 90 },
      { label: 'green', targetGroup: 'api-green', percent: 10 },
    ] as const;
    const events = [...over('BeforeInstall', 'Install'), { name: 'AllowTraffic', status: 'InProgress' }];
    expect(releaseProgress({ ...release, events, traffic })).toEqual({
      kind: 'under-way',
      phase: 'shifting',
      waitingFor: 'release d-1: the traffic to move (AllowTraffic); blue 90 %, green 10 %',
    });
  });

  test.each([
    [{ status: 'Created', events: [], traffic: [] }, 'starting', 'the new tasks to become healthy (Created)'],
    [{ status: 'InProgress', isBaking: true }, 'baking', 'the bake time, in which an alarm still rolls back'],
    [{ events: over('Install', 'AllowTraffic', 'AfterAllowTraffic') }, 'baking', 'the bake time'],
  ] as const)('of %j is %s', (state, phase, text) => {
    const progress = releaseProgress({ ...release, ...state });
    expect(progress).toMatchObject({ kind: 'under-way', phase });
    expect(progress).toHaveProperty('waitingFor', expect.stringContaining(text));
  });

  test('ends released, or failed with the reason and what takes it back', () => {
    expect(releaseProgress({ ...release, status: 'Succeeded' })).toEqual({ kind: 'released' });
    expect(
      releaseProgress({ ...release, status: 'Stopped', error: 'ALARM_ACTIVE: errors', rollbackId: 'd-2' }),
    ).toEqual({ kind: 'failed', reason: 'ALARM_ACTIVE: errors', rollbackId: 'd-2', event: null });
    expect(releaseProgress({ ...release, status: 'Failed' })).toEqual({
      kind: 'failed',
      reason: 'Failed',
      rollbackId: null,
      event: null,
    });
    const events = [
      { name: 'Install', status: 'Succeeded' },
      { name: 'AfterAllowTestTraffic', status: 'Failed' },
    ];
    expect(releaseProgress({ ...release, status: 'Failed', events })).toMatchObject({
      event: 'AfterAllowTestTraffic',
    });
  });
});
