import { describe, expect, test } from '@jest/globals';
import { environment, identity } from '../../test/synthesise.ts';
import { taskGraphs } from './capacity-graphs.ts';
import { dashboardBody } from './dashboard-body.ts';

const { widgets } = dashboardBody({
  environment: environment(),
  identity,
  capacityGraphs: taskGraphs(environment(), identity),
  scalingAlarmArns: ['arn:scaling'],
  alarmArns: ['arn:alarm'],
});
const text = JSON.stringify(widgets);

describe('the dashboard', () => {
  test.each([
    'RequestCount',
    'RequestCountPerTarget',
    'HTTPCode_Target_5XX_Count',
    'HTTPCode_ELB_5XX_Count',
    'TargetResponseTime',
    'DesiredTaskCount',
    'RunningTaskCount',
    'CPUUtilization',
    'MemoryUtilization',
    'HealthyHostCount',
    'UnHealthyHostCount',
    'p50',
    'p99',
    'arn:scaling',
    'arn:alarm',
  ])('shows %s', (shown) => {
    expect(text).toContain(`"${shown}"`);
  });

  test('draws the bounds of the task count', () => {
    expect(text).toContain('{"label":"Minimum","value":2},{"label":"Maximum","value":6}');
  });

  test('has no two widgets on one place', () => {
    const places = widgets.map(({ x, y }) => `${x},${y}`);
    expect(new Set(places).size).toBe(widgets.length);
  });
});
