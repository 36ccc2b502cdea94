import { describe, expect, test } from '@jest/globals';
import { type BenchName, benchNames } from './bench-name.ts';
import { type Group, allGroups, measureAll } from './measure-all.ts';
import { type Figure, MeasurementError } from './outcome.ts';
import { ChildPool } from './process/child-pool.ts';
import type { Rig } from './rig.ts';
import { quickSettings } from './settings.ts';

test('every figure belongs to exactly one group', () => {
  expect(allGroups.flatMap(({ names }) => names).sort()).toEqual([...benchNames].sort());
});

const figure = (name: BenchName): Figure => ({ name, value: 1, min: 1, max: 1, detail: '', rounds: {} });

function rig(signal = new AbortController().signal): Rig {
  return {
    settings: quickSettings,
    children: new ChildPool(signal),
    signal,
    loadTool: { description: 'none', requestsPerSecond: () => Promise.resolve(1) },
    temporaryFolder: '/nowhere',
    searchPath: '',
    bundle: (app) => app,
    progress: () => undefined,
  };
}

/** A group that gives a figure for each wanted name. */
const working = (...names: BenchName[]): Group => ({
  names,
  measure: (_, wanted) => Promise.resolve({ figures: [...wanted].map(figure) }),
});

const failing = (error: Error, ...names: BenchName[]): Group => ({
  names,
  measure: () => Promise.reject(error),
});

describe('measureAll', () => {
  test('runs the groups of wanted names only, and says that the others were not asked for', async () => {
    const groups = [failing(new Error('not wanted'), 'simulate'), working('apiVsHono', 'apiVsNodeHttp')];
    const measured = await measureAll(rig(), new Set(['apiVsHono']), groups);
    expect(measured.outcomes).toEqual([{ figures: [figure('apiVsHono')] }]);
    expect(measured.skipped.map(({ name }) => name)).toEqual(
      benchNames.filter((name) => name !== 'apiVsHono'),
    );
    expect(measured.skipped[0]?.reason).toBe('not asked for (--only)');
  });

  test('goes on after a group that failed, and keeps its reason', async () => {
    const groups = [failing(new MeasurementError('api ended'), 'apiVsHono'), working('simulate')];
    const measured = await measureAll(rig(), new Set(['apiVsHono', 'simulate']), groups);
    expect(measured.failed).toEqual([{ name: 'apiVsHono', reason: 'api ended' }]);
    expect(measured.outcomes).toEqual([{ figures: [figure('simulate')] }]);
  });

  test('does not hide a bug as a failed measurement', async () => {
    const groups = [failing(new TypeError('bug'), 'simulate')];
    await expect(measureAll(rig(), new Set(['simulate']), groups)).rejects.toThrow(new TypeError('bug'));
  });

  test('ends with the reason of an interruption, whatever the group made of it', async () => {
    const controller = new AbortController();
    const groups: Group[] = [
      {
        names: ['simulate'],
        measure: () => {
          controller.abort(new Error('interrupted'));
          return Promise.reject(new MeasurementError('load failed'));
        },
      },
      failing(new Error('must not run'), 'apiVsHono'),
    ];
    const measuring = measureAll(rig(controller.signal), new Set(['simulate', 'apiVsHono']), groups);
    await expect(measuring).rejects.toThrow('interrupted');
  });
});
