import { describe, expect, test } from '@jest/globals';
import { blueGreenEnvironment } from '@tideline/config/testing';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { MetricStore } from '../metrics/metric-store.ts';
import { TargetGroupTraffic } from './target-group-traffic.ts';
import { ReleaseAlarms } from './release-alarms.ts';

const environment = blueGreenEnvironment({ assumptions: { metricLagSeconds: 0 } });

/** What the alarms say of a minute in which blue answered 90 requests well, and green did what `green` does. */
async function minuteOf(green: (group: TargetGroupTraffic) => void): Promise<readonly string[]> {
  const answers = { blue: new TargetGroupTraffic(), green: new TargetGroupTraffic() };
  const clock = new VirtualClock();
  const said: string[] = [];
  const alarms = new ReleaseAlarms({
    environment,
    clock,
    store: new MetricStore(),
    answers,
    onAlarm: (what) => said.push(what),
  });
  for (let request = 0; request < 90; request += 1) answers.blue.answered(200, 5);
  green(answers.green);
  await clock.advance(60);
  alarms.collect(0);
  await clock.advance(60);
  return said;
}

const times = (count: number, act: () => void): void => {
  for (let time = 0; time < count; time += 1) act();
};

describe('an alarm of a release rings', () => {
  test('for requests that the balancer answered in the group’s place, with or without answers beside them', async () => {
    const some = await minuteOf((green) => {
      times(9, () => green.answered(200, 5));
      green.unanswered();
    });
    expect(some).toEqual([expect.stringMatching(/release-errors is in ALARM: 10\.0 is above 5/)]);
    const all = await minuteOf((green) => green.unanswered());
    expect(all).toEqual([expect.stringMatching(/release-errors is in ALARM: 100 is above 5/)]);
  });

  test('for answers that broke off, each counted as one request', async () => {
    const said = await minuteOf((green) => {
      times(10, () => green.answered(200, 5));
      green.brokeOff();
    });
    expect(said).toEqual([expect.stringMatching(/release-errors is in ALARM: 10\.0 is above 5/)]);
  });

  test('for slow answers, and not for requests without one', async () => {
    expect(await minuteOf((green) => green.answered(200, 3000))).toEqual([
      expect.stringContaining('release-latency'),
    ]);
  });
});

test('no alarm rings where all goes well, or nobody asks', async () => {
  expect(await minuteOf((green) => green.answered(200, 5))).toEqual([]);
  expect(await minuteOf(() => undefined)).toEqual([]);
});
