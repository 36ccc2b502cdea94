import { type Environment, resolveEnvironment } from '@tideline/config';
import type {
  ReferenceAction,
  ReferenceChoices,
  ReferenceDescription,
  ReferencePolicy,
} from './reference-description.ts';

/** A service under an erratic load, from a seed: the same one for the same seed. */
export interface RandomTrace {
  readonly environment: Environment;
  readonly description: ReferenceDescription;
  readonly isGroup: boolean;
  readonly desired: number;
  /** Periods of the metrics, by key. */
  readonly periods: Readonly<Record<string, number>>;
  readonly minutes: number;
  readonly random: Random;
}

/** Chance with a few words for it (xorshift). */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x85ebca6b) | 1;
    for (let skipped = 0; skipped < 8; skipped += 1) this.next();
  }

  /** From 0 to 1. */
  next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 4_294_967_296;
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  any<Items extends readonly unknown[]>(items: Items): Items[number] {
    return items[this.whole(0, items.length - 1)];
  }

  one<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.whole(0, items.length - 1)] ?? items[0];
  }
}

/** Instances keep sessions and files elsewhere. */
const stores = { fargate: {}, 'ec2-asg': { sessions: { store: 'redis' }, files: { store: 's3' } } } as const;

/** Resolved once: a description costs more than the trace. */
const bases = new Map<string, Environment>();

function base(kind: 'fargate' | 'ec2-asg', resolutionSeconds: 20 | 60): Environment {
  const key = `${kind} ${resolutionSeconds}`;
  const known = bases.get(key);
  if (known !== undefined) return known;
  const environment = resolveEnvironment({
    preset: 'reference',
    compute: { kind },
    monitoring: { resolutionSeconds },
    ...stores[kind],
  });
  bases.set(key, environment);
  return environment;
}

const published = (metricName: string) => ({
  namespace: 'Shop',
  metricName,
  dimensions: {},
  statistic: 'Average',
});

/** The target that every metric is held to; thresholds of steps lie around it. */
const target = 50;

const metrics = (isGroup: boolean) =>
  [
    {
      key: isGroup ? 'AWS/EC2/CPUUtilization/Average' : 'AWS/ECS/CPUUtilization/Average',
      metric: { kind: 'cpu', targetPercent: target },
    },
    {
      key: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
      metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: target, acrossTargetGroups: false },
    },
    {
      key: 'Shop/Backlog/Average',
      metric: { kind: 'custom', ...published('Backlog'), periodSeconds: 60, targetValue: target },
    },
    {
      key: 'Shop/Blue/Average + Shop/Green/Average',
      metric: {
        kind: 'sum',
        metrics: [published('Blue'), published('Green')],
        periodSeconds: 60,
        targetValue: target,
      },
    },
  ] as const;

export const startedAt = new Date('2026-01-01T00:00:00Z');

export function randomTrace(seed: number): RandomTrace {
  const random = new Random(seed);
  const isGroup = random.chance(0.25);
  const resolutionSeconds = !isGroup && random.chance(0.3) ? 20 : 60;
  const environment = base(isGroup ? 'ec2-asg' : 'fargate', resolutionSeconds);
  const min = random.whole(0, 4);
  const max = min + random.whole(0, 12);
  // 16 and 150 are the defaults of one resolution each, which other periods do not share.
  const lag = random.one([0, 7, 30, 90, 120]);
  const choices = randomChoices(random);
  const policies = Array.from({ length: random.whole(1, 4) }, (_, index) =>
    random.chance(0.6) ? tracker(random, { index, isGroup }) : stepper(random, { index, isGroup }),
  );
  const actions = Array.from({ length: random.chance(0.3) ? random.whole(1, 3) : 0 }, (_, index) =>
    randomAction(random, index),
  );
  return {
    isGroup,
    environment: {
      ...environment,
      capacity: { min, max, desired: min },
      assumptions: {
        ...environment.assumptions,
        ...choices,
        metricLagSeconds: lag,
      } as Environment['assumptions'],
      scaling: {
        ...environment.scaling,
        policies: [...policies.map(({ described }) => described), ...actions.map(scheduledPolicy)],
      } as Environment['scaling'],
    },
    description: { min, max, lag, choices, actions, policies: policies.map(({ literal }) => literal) },
    // Now and then outside of the bounds, as after a change of them.
    desired: random.chance(0.1) ? random.whole(0, max + 3) : random.whole(min, max),
    periods: Object.fromEntries(
      metrics(isGroup).flatMap(({ key }) =>
        key.split(' + ').map((each) => [each, each.includes('CPU') ? resolutionSeconds : 60]),
      ),
    ),
    minutes: random.whole(20, 40),
    random,
  };
}

const randomChoices = (random: Random): ReferenceChoices => ({
  extraEvaluationDatapoints: random.one([0, 1, 2, 2, 2, 5]),
  prematureAlarm: random.one(['evaluation-range', 'evaluation-periods']),
  tooFewDatapoints: random.one(['retained', 'insufficient-data']),
  neededCount: random.one(['of-the-period', 'of-the-period', 'of-the-period', 'now']),
  trackedValue: random.one(['newest', 'newest', 'average']),
  warmingInstances: random.one(['credited', 'measured']),
  scaleInSteps: random.one(['gradual', 'proportional']),
  predictFlapping: random.chance(0.7),
  scaleInDuringScaleOutCooldown: random.one(['refused', 'allowed']),
});

interface DescribedTwice {
  readonly described: unknown;
  readonly literal: ReferencePolicy;
}

interface Place {
  readonly index: number;
  readonly isGroup: boolean;
}

const cooldowns = [0, 60, 120, 300] as const;

function window(random: Random, most: number) {
  const n = random.whole(1, most);
  return { evaluationPeriods: n, datapointsToAlarm: random.chance(0.5) ? n : random.whole(1, n) };
}

function tracker(random: Random, { index, isGroup }: Place): DescribedTwice {
  const { key, metric } = random.any(metrics(isGroup));
  const name = `tracker-${index}`;
  const [high, low] = [window(random, 4), window(random, 8)];
  const scaleInEnabled = random.chance(0.85);
  const [out, inwards] = [random.one(cooldowns), random.one(cooldowns)];
  const side = (
    comparison: string,
    threshold: number,
    { evaluationPeriods, datapointsToAlarm }: typeof high,
  ) => ({
    ...{ comparison, threshold, n: evaluationPeriods, m: datapointsToAlarm },
    missing: 'missing',
  });
  return {
    described: {
      ...{ type: 'target-tracking', name, metric, scaleInEnabled, lowThresholdFraction: 0.9 },
      ...{ highAlarm: high, lowAlarm: low },
      ...{ scaleOutCooldownSeconds: out, scaleInCooldownSeconds: inwards },
    },
    literal: {
      ...{ kind: 'tracking', name, metric: key, target },
      high: side('GreaterThanThreshold', target, high),
      low: scaleInEnabled ? side('LessThanThreshold', target * 0.9, low) : null,
      // Instances warm up instead (EC2 Auto Scaling guide).
      ...(isGroup ? { outCooldown: 0, inCooldown: 0 } : { outCooldown: out, inCooldown: inwards }),
    },
  };
}

function stepper(random: Random, { index, isGroup }: Place): DescribedTwice {
  const { key, metric } = random.any(metrics(isGroup));
  const name = `stepper-${index}`;
  const above = random.chance(0.5);
  const comparison = random.one(
    above
      ? ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold']
      : ['LessThanThreshold', 'LessThanOrEqualToThreshold'],
  );
  const type = random.one([
    'ChangeInCapacity',
    'ChangeInCapacity',
    'ExactCapacity',
    'PercentChangeInCapacity',
  ]);
  const sizes =
    type === 'ExactCapacity'
      ? ([0, 2, 4, 7, 11] as const)
      : type === 'ChangeInCapacity'
        ? ([0, 1, 2, 3, 5] as const)
        : ([0, 5, 10, 30, 100] as const);
  const sign = type === 'ExactCapacity' || above ? 1 : -1;
  const adjustment = () => {
    const size = random.one(sizes);
    return size === 0 ? 0 : sign * size;
  };
  // A gap where the first step does not begin at the threshold: AWS fails there.
  const from = random.one([0, 0, 0, 10]);
  const steps = above
    ? [
        { lowerBound: from, upperBound: 20, adjustment: adjustment() },
        { lowerBound: 20, upperBound: null, adjustment: adjustment() },
      ]
    : [
        { lowerBound: -20, upperBound: -from, adjustment: adjustment() },
        { lowerBound: null, upperBound: -20, adjustment: adjustment() },
      ];
  const alarm = { comparison, threshold: random.one([30, 40, 50, 60]), ...window(random, 4) };
  const treatMissingData = random.one(['missing', 'missing', 'ignore', 'breaching', 'notBreaching']);
  const smallest = type === 'PercentChangeInCapacity' ? random.whole(0, 3) : 0;
  const aggregation = random.one(['Average', 'Minimum', 'Maximum']);
  const cooldown = random.one(cooldowns);
  return {
    described: {
      ...{ type: 'step', name, metric: withoutTarget(metric), alarm: { ...alarm, treatMissingData } },
      ...{ adjustmentType: type, steps, minAdjustmentMagnitude: smallest, aggregation },
      cooldownSeconds: cooldown,
    },
    literal: {
      ...{ kind: 'step', name, metric: key, steps, type, smallest, aggregation },
      alarm: {
        ...{ comparison, threshold: alarm.threshold, missing: treatMissingData },
        ...{ n: alarm.evaluationPeriods, m: alarm.datapointsToAlarm },
      },
      outCooldown: isGroup ? 0 : cooldown,
      inCooldown: isGroup ? 0 : cooldown,
    },
  };
}

const withoutTarget = (metric: object): object =>
  Object.fromEntries(Object.entries(metric).filter(([field]) => !/^target|PerMinute$/.test(field)));

function randomAction(random: Random, index: number): ReferenceAction {
  const first = random.whole(1, 50) * 60;
  // One that runs at one calendar instant costs as much as the rest of its trace: few do.
  const once = random.chance(0.1);
  const runs = once ? 1 : Math.floor(3600 / first);
  const min = random.chance(0.6) ? random.whole(0, 8) : null;
  return {
    ...{ name: `action-${index}${once ? '-once' : ''}`, min },
    at: Array.from({ length: runs }, (_, run) => first * (run + 1)),
    max: min === null || random.chance(0.5) ? random.whole(2, 16) : null,
  };
}

const scheduledPolicy = ({ name, at: [first = 0], min, max }: ReferenceAction) => ({
  ...{ type: 'scheduled', name, timeZone: 'UTC', minCapacity: min, maxCapacity: max },
  schedule: name.endsWith('once')
    ? `at(${new Date(startedAt.getTime() + first * 1000).toISOString().slice(0, 19)})`
    : `rate(${first / 60} minutes)`,
});
