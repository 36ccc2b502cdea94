import type { Assumptions, MissingDataTreatment } from '@tideline/config';
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
  readonly treatMissingData: MissingDataTreatment;
  /** Where a breaching datapoint that is old enough is looked for when there are fewer than M. */
  readonly prematureAlarm: Assumptions['prematureAlarm'];
  /** The state that fewer than M breaching datapoints make, none of them old enough. */
  readonly tooFewDatapoints: Assumptions['tooFewDatapoints'];
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
 * The state of an alarm (CloudWatch guide, “Configuring how CloudWatch alarms treat missing data”), seen from the newest
 * period it can see; null when the datapoints leave the state as it is.
 *
 * The newest N real datapoints of the evaluation range count: M breaching ones make ALARM. When fewer than N are there,
 * `breaching` and `notBreaching` fill up the rest. With `missing` and `ignore` any non-breaching one makes OK, and without
 * one `ignore` keeps the state. With `missing`, breaching ones alone make ALARM once the oldest is at least M periods old
 * (`- - X - -`), and not before (`- - - - X`); no datapoint at all makes INSUFFICIENT_DATA.
 */
export function evaluateAlarm(
  rule: AlarmRule,
  datapoints: readonly Datapoint[],
  newestStartSeconds: number,
): AlarmState | null {
  const { evaluationPeriods, datapointsToAlarm, periodSeconds, comparison, threshold } = rule;
  const oldestStartSeconds = newestStartSeconds - (rule.rangeDatapoints - 1) * periodSeconds;
  // A month has half a million datapoints to compare: `breaches`, with its questions asked once.
  const isHigh = comparison === '>' || comparison === '>=';
  const isInclusive = comparison === '>=' || comparison === '<=';
  const harmlessBound = evaluationPeriods - datapointsToAlarm;
  let breaching = 0;
  let harmless = 0;
  let oldestBreaching = Infinity;
  const prematureFrom =
    rule.prematureAlarm === 'evaluation-range'
      ? oldestStartSeconds
      : newestStartSeconds - (evaluationPeriods - 1) * periodSeconds;
  for (let index = datapoints.length - 1; index >= 0; index -= 1) {
    const datapoint = datapoints[index];
    if (datapoint === undefined || datapoint.startSeconds < oldestStartSeconds) break;
    if (datapoint.startSeconds > newestStartSeconds) continue;
    const { value } = datapoint;
    const isBeyond = isHigh ? value > threshold : value < threshold;
    if (isBeyond || (isInclusive && value === threshold)) {
      breaching += 1;
      if (breaching >= datapointsToAlarm) return 'ALARM';
      if (datapoint.startSeconds >= prematureFrom) oldestBreaching = datapoint.startSeconds;
    } else {
      harmless += 1;
      // So many harmless ones that M can no longer be reached among N.
      if (harmless > harmlessBound) return 'OK';
    }
  }
  // Fewer than N are there, fewer than M of them breach, and enough would if all that are missing did.
  switch (rule.treatMissingData) {
    case 'breaching':
      return 'ALARM';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return harmless > 0 ? 'OK' : null;
    case 'missing':
      break;
  }
  if (harmless > 0) return 'OK';
  if (breaching === 0) return 'INSUFFICIENT_DATA';
  const oldEnough = newestStartSeconds - (datapointsToAlarm - 1) * periodSeconds;
  if (oldestBreaching <= oldEnough) return 'ALARM';
  return rule.tooFewDatapoints === 'retained' ? null : 'INSUFFICIENT_DATA';
}

/** The newest real datapoints that an alarm can see at a moment, newest first, at most N. */
export function visibleDatapoints(
  rule: AlarmRule,
  datapoints: readonly Datapoint[],
  newestStartSeconds: number,
): Datapoint[] {
  const oldestStartSeconds = newestStartSeconds - (rule.rangeDatapoints - 1) * rule.periodSeconds;
  const visible: Datapoint[] = [];
  for (let index = datapoints.length - 1; index >= 0; index -= 1) {
    const datapoint = datapoints[index];
    if (datapoint === undefined || datapoint.startSeconds < oldestStartSeconds) break;
    if (datapoint.startSeconds <= newestStartSeconds) visible.push(datapoint);
    if (visible.length === rule.evaluationPeriods) break;
  }
  return visible;
}
