import { describe, expect, test } from '@jest/globals';
import { blueGreenEnvironment } from '@tideline/config/testing';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { MetricStore } from '../metrics/metric-store.ts';
import { TargetGroupTraffic } from './target-group-traffic.ts';
import { ReleaseAlarms } from './release-alarms.ts';

type Deed = (group: TargetGroupTraffic) => void;

const times = (count: number, act: () => void): void => {
  for (let time = 0; time < count; time += 1) act();
};

/** What the alarms say of a minute in which blue answered 90 requests well, and green did what `green` does. */
const minuteOf = (green: Deed): Promise<readonly string[]> =>
  minutesOf(1, [
    (group, blue) => {
      times(90, () => blue.answered(200, 5));
      green(group);
    },
  ]);

/** What alarms over so many periods say of one minute after the other. */
async function minutesOf(
  evaluationPeriods: number,
  minutes: readonly ((green: TargetGroupTraffic, blue: TargetGroupTraffic) => void)[],
): Promise<readonly string[]> {
  const answers = { blue: new TargetGroupTraffic(), green: new TargetGroupTraffic() };
  const clock = new VirtualClock();
  const said: string[] = [];
  const alarms = new ReleaseAlarms({
    environment: blueGreenEnvironment({
      assumptions: { metricLagSeconds: 0 },
      release: { kind: 'blue-green', shift: { kind: 'canary' }, rollbackOnAlarm: { evaluationPeriods } },
    }),
    clock,
    store: new MetricStore(),
    answers,
    onAlarm: (what) => said.push(what),
  });
  for (const [minute, act] of minutes.entries()) {
    act(answers.green, answers.blue);
    await clock.advance(60);
    alarms.collect(minute * 60);
    await clock.advance(0);
  }
  return said;
}

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

describe('alarms over two minutes', () => {
  const idle: Deed = () => undefined;
  const slow: Deed = (green) => green.answered(200, 3000);
  const failing: Deed = (green) => green.answered(500, 5);

  test('ring after two bad ones in a row', async () => {
    expect(await minutesOf(2, [slow, slow])).toEqual([expect.stringContaining('release-latency')]);
    expect(await minutesOf(2, [failing, failing])).toEqual([expect.stringContaining('release-errors')]);
  });

  test('do not ring after a bad one and silence: minutes without requests do not breach', async () => {
    expect(await minutesOf(2, [idle, idle, slow, idle])).toEqual([]);
    expect(await minutesOf(2, [idle, idle, failing, idle, idle])).toEqual([]);
  });

  test('ring again for errors only while they last, for response times until silence has pushed them out of sight', async () => {
    expect(await minutesOf(2, [failing, failing, idle])).toHaveLength(1);
    // Two real datapoints stay the newest ones for the evaluation range of four minutes.
    expect(await minutesOf(2, [slow, slow, idle, idle, idle, idle])).toHaveLength(3);
  });
});
