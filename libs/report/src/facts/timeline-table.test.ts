import { describe, expect, test } from '@jest/globals';
import { hostedRun } from '../../test/hosted-run.ts';
import { sampleRun } from '../../test/sample-run.ts';
import { timelineTable } from './timeline-table.ts';

const point = (cloudSeconds: number, running: number) => ({
  cloudSeconds,
  desired: 2,
  running,
  healthy: running,
});

describe('the timeline', () => {
  test('shows the instances beside the tasks that ran on them, a row for each change', () => {
    const { scaling } = hostedRun;
    const capacityProvider = {
      ...scaling.capacityProvider!,
      timeline: [
        { cloudSeconds: 60, desired: 1, active: 1 },
        { cloudSeconds: 120, desired: 2, active: 1 },
        { cloudSeconds: 150, desired: 2, active: 2 },
      ],
    };
    const timeline = [point(0, 1), point(150, 1), point(180, 2), point(200, 2)];
    const table = timelineTable({ ...hostedRun, scaling: { ...scaling, timeline, capacityProvider } });
    expect(table.columns.map(({ title }) => title)).toEqual([
      'time',
      'tasks desired',
      'tasks running',
      'tasks healthy',
      'instances desired',
      'instances active',
    ]);
    expect(table.rows).toEqual([
      ['00:00', '2', '1', '1', '–', '–'],
      ['01:00', '2', '1', '1', '1', '1'],
      ['02:00', '2', '1', '1', '2', '1'],
      ['02:30', '2', '1', '1', '2', '2'],
      ['03:00', '2', '2', '2', '2', '2'],
      ['03:20', '2', '2', '2', '2', '2'],
    ]);
  });

  test('has no columns of instances where tasks had none of their own', () => {
    expect(timelineTable(sampleRun).columns).toHaveLength(4);
  });
});
