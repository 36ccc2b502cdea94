import { expect, test } from '@jest/globals';
import { IntervalLog } from './interval-log.ts';

test('traffic is cut where the weights change, and adds up', () => {
  let now = { cloudSeconds: 0, old: 0, fresh: 0 };
  const log = new IntervalLog(() => ({
    cloudSeconds: now.cloudSeconds,
    traffic: { '1': { requests: now.old, failed: 0 }, '2': { requests: now.fresh, failed: 0 } },
  }));
  now = { cloudSeconds: 60, old: 100, fresh: 0 };
  log.weightsChanged(0);
  log.weightsChanged(10);
  now = { cloudSeconds: 360, old: 190, fresh: 10 };
  log.weightsChanged(100);
  now = { cloudSeconds: 400, old: 190, fresh: 60 };
  log.cut();
  log.cut();
  const figures = log
    .all()
    .map(({ fromCloudSeconds, toCloudSeconds, percent, traffic }) => [
      fromCloudSeconds,
      toCloudSeconds,
      percent,
      traffic['1']?.requests,
      traffic['2']?.requests,
    ]);
  expect(figures).toEqual([
    [0, 60, 0, 100, 0],
    [60, 360, 10, 90, 10],
    [360, 400, 100, 0, 50],
  ]);
});
