import type { Datapoint } from './datapoint.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type Comparison = '>' | '>=' | '<' | '<=';

/** What an alarm compares, and over how many datapoints. */
export interface AlarmRule {
  readonly comparison: Comparison;
  /** In the metric’s CloudWatch unit. */
  readonly threshold: number;
  /** N: datapoints the alarm looks at. */
  readonly evaluationPeriods: number;
  /** M: how many of N must breach. */
  readonly datapointsToAlarm: number;
  readonly periodSeconds: number;
  /** Evaluation range: N plus the datapoints that stand in when some of N are missing. */
  readonly rangeDatapoints: number;
}

export interface AlarmMoment {
  /** Start of the newest period that an alarm can see, cloud seconds. */
  readonly newestStartSeconds: number;
  readonly previous: AlarmState;
}

export function breaches(rule: AlarmRule, value: number): boolean {
  switch (rule.comparison) {
    case '>':
      return value > rule.threshold;
    case '>=':
      return value >= rule.threshold;
    case '<':
      return value < rule.threshold;
    case '<=':
      return value <= rule.threshold;
  }
}

/**
 * The state of an alarm whose missing data is treated as `missing` (CloudWatch guide, “Configuring how alarms treat missing data”).
 *
 * The newest N real datapoints of the evaluation range count: M breaching ones make ALARM. When fewer than N are there,
 * breaching ones alone still make ALARM once the oldest of them within the last N periods is at least M periods old
 * (`- - X - -`); until then the state stays (`- - - - X`), and any non-breaching one makes OK. No datapoint in the
 * whole range makes INSUFFICIENT_DATA.
 */
export function evaluateAlarm(
  rule: AlarmRule,
  datapoints: readonly Datapoint[],
  { newestStartSeconds, previous }: AlarmMoment,
): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, periodSeconds } = rule;
  const oldestStartSeconds = newestStartSeconds - (rule.rangeDatapoints - 1) * periodSeconds;
  const harmlessBound = evaluationPeriods - datapointsToAlarm;
  let breaching = 0;
  let harmless = 0;
  let oldestBreachingAge = 0;
  for (let index = datapoints.length - 1; index >= 0; index -= 1) {
    const datapoint = datapoints[index];
    if (datapoint === undefined || datapoint.startSeconds < oldestStartSeconds) break;
    if (datapoint.startSeconds > newestStartSeconds) continue;
    if (breaches(rule, datapoint.value)) {
      breaching += 1;
      if (breaching >= datapointsToAlarm) return 'ALARM';
      const age = (newestStartSeconds - datapoint.startSeconds) / periodSeconds + 1;
      if (age <= evaluationPeriods) oldestBreachingAge = age;
    } else {
      harmless += 1;
      // So many harmless ones that M can no longer be reached among N.
      if (harmless > harmlessBound) return 'OK';
    }
    if (breaching + harmless === evaluationPeriods) return 'OK';
  }
  if (harmless > 0) return 'OK';
  if (breaching === 0) return 'INSUFFICIENT_DATA';
  return oldestBreachingAge >= datapointsToAlarm ? 'ALARM' : previous;
}

/** The newest real datapoints of the range, newest first, at most `count`. */
export function newestValues(
  rule: AlarmRule,
  datapoints: readonly Datapoint[],
  { newestStartSeconds, count }: { newestStartSeconds: number; count: number },
): number[] {
  const oldestStartSeconds = newestStartSeconds - (rule.rangeDatapoints - 1) * rule.periodSeconds;
  const values: number[] = [];
  for (let index = datapoints.length - 1; index >= 0 && values.length < count; index -= 1) {
    const datapoint = datapoints[index];
    if (datapoint === undefined || datapoint.startSeconds < oldestStartSeconds) break;
    if (datapoint.startSeconds <= newestStartSeconds) values.push(datapoint.value);
  }
  return values;
}
