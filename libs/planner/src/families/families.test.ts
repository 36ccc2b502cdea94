import { describe, expect, test } from '@jest/globals';
import { computeFacts, presetNames } from '@tideline/config';
import { randomFrom } from '@tideline/scaling';
import { genes, capacity, subject, trace } from '../../test/subjects.ts';
import { geneSpace, genesKey, randomGenes } from '../search/gene-space.ts';
import { families, familyNames, settingsOf, withSettings } from './families.ts';
import { geneValues } from './genes.ts';

const day = 1440;
const twoWeeks = Array.from({ length: 14 * day }, (_, minute) => (minute % day < day / 2 ? 20 : 200));

describe.each(presetNames)('%s', (preset) => {
  test.each(familyNames)('takes whatever %s makes of genes', (family) => {
    const base = subject(twoWeeks, { preset });
    const { unit } = computeFacts(base.environment);
    const of = { ...base, capacity: capacity(25, { unit }) };
    const absence = families[family].absence(of);
    expect(absence).toEqual(
      family === 'predictive' && unit === 'task'
        ? expect.stringContaining('Auto Scaling groups alone')
        : null,
    );
    const space = geneSpace(of, { units: [1, 8], maxUnits: null });
    const random = randomFrom(7);
    for (let draw = 0; draw < 25; draw += 1) {
      const drawn = randomGenes(family, space, random);
      const environment = withSettings(of.environment, settingsOf(drawn, of));
      expect(environment.capacity).toEqual({ min: drawn.min, max: drawn.max, desired: drawn.min });
      expect(environment.scaling.policies.length).toBeGreaterThan(0);
    }
  });
});

test('requests are tracked at a share of what a unit carries', () => {
  expect(settingsOf(genes(), subject([1])).policies).toEqual([
    {
      type: 'target-tracking',
      name: 'requests-per-target',
      metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 1200 },
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
    },
  ]);
});

test('CPU is tracked at that share of the CPU at capacity, and response time at what the model makes of it', () => {
  const of = subject([1]);
  expect(settingsOf(genes({ family: 'cpu' }), of).policies[0]).toMatchObject({
    metric: { targetPercent: 56 },
  });
  // 4 ms / (1 - 0.7 x 0.8)
  expect(settingsOf(genes({ family: 'response-time' }), of).policies[0]).toMatchObject({
    metric: { targetMilliseconds: 9.09 },
  });
});

test('what a capacity does not say cannot be tracked', () => {
  const of = subject(
    [1],
    {},
    { capacity: capacity(25, { cpuMillisecondsPerRequest: null, responseTimeMilliseconds: null }) },
  );
  expect(families.cpu.absence(of)).toContain('CPU time');
  expect(families['response-time'].absence(of)).toContain('response times');
});

test('steps act after one minute above, and after the low minutes below', () => {
  expect(settingsOf(genes({ family: 'step' }), subject([1])).policies).toMatchObject([
    {
      name: 'requests-high',
      alarm: { comparison: 'GreaterThanThreshold', threshold: 1350, evaluationPeriods: 1 },
      steps: [
        { lowerBound: 0, upperBound: 675, adjustment: 25 },
        { lowerBound: 675, upperBound: null, adjustment: 50 },
      ],
    },
    { name: 'requests-low', alarm: { threshold: 1080, evaluationPeriods: 5 }, steps: [{ adjustment: -10 }] },
  ]);
});

describe('a scheduled minimum', () => {
  const scheduledOf = (days: number, quantile: number, startedAt = '2026-01-05T00:00:00Z') => {
    // From 12:00 on 200 requests/s, which 25 x 0.8 makes 10 units; on the last day 400.
    const rates = Array.from({ length: days * day }, (_, minute) =>
      minute % day < day / 2 ? 20 : minute >= (days - 1) * day ? 400 : 200,
    );
    const of = subject(rates, {}, { trace: trace(rates, { startedAt: new Date(startedAt) }) });
    const { policies } = settingsOf(genes({ family: 'scheduled', scheduledQuantile: quantile, max: 30 }), of);
    return policies.flatMap((policy) =>
      policy.type === 'scheduled' ? [[policy.schedule, policy.minCapacity]] : [],
    );
  };

  test('rises ten minutes before the hour that needs it, and falls where it ends', () => {
    expect(scheduledOf(4, 0.75)).toEqual([
      ['cron(50 23 * * ? *)', 1],
      ['cron(50 11 * * ? *)', 10],
    ]);
  });

  test('covers as many past days as it is told to', () => {
    expect(scheduledOf(4, 1)).toContainEqual(['cron(50 11 * * ? *)', 20]);
  });

  test('has weekends of their own from a week on', () => {
    // The Sunday is the last day, and its minimum is that of the weekend alone.
    expect(scheduledOf(7, 1)).toEqual([
      ['cron(50 23 ? * SUN,MON,TUE,WED,THU *)', 1],
      ['cron(50 11 ? * MON,TUE,WED,THU,FRI *)', 10],
      ['cron(50 23 ? * SAT,FRI *)', 1],
      ['cron(50 11 ? * SUN,SAT *)', 20],
    ]);
  });

  test('needs three days', () => {
    expect(families.scheduled.absence(subject(twoWeeks.slice(0, 3 * day - 1)))).toContain('less than 3 days');
  });
});

test('candidates that come to the same settings have one key', () => {
  expect(genesKey(genes({ stepPercent: 20 }))).toBe(genesKey(genes({ stepPercent: 200 })));
  expect(genesKey(genes({ utilisation: 0.8 }))).not.toBe(genesKey(genes({ utilisation: 0.85 })));
});

test.each(Object.entries(geneValues))('%s has ascending values', (_, values) => {
  expect([...values].sort((a, b) => a - b)).toEqual([...values]);
});
