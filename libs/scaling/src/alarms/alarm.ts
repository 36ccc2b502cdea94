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
 * The state of an alarm whose missing data is treated as `missing` (CloudWatch guide, “Configuring how alarms treat
 * missing data”), seen from the newest period it can see; null when the datapoints leave the state as it is.
 *
 * The newest N real datapoints of the evaluation range count: M breaching ones make ALARM. When fewer than N are there,
 * breaching ones alone still make ALARM once the oldest of them within the last N periods is at least M periods old
 * (`- - X - -`); until then the state stays (`- - - - X`), and any non-breaching one makes OK. No datapoint in the
 * whole range makes INSUFFICIENT_DATA.
 */
export function evaluateAlarm(
  rule: AlarmRule,
  datapoints: readonly Datapoint[],
  newestStartSeconds: number,
): AlarmState | null {
  const { evaluationPeriods, datapointsToAlarm, periodSeconds } = rule;
  const oldestStartSeconds = newestStartSeconds - (rule.rangeDatapoints - 1) * periodSeconds;
  const windowStartSeconds = newestStartSeconds - (evaluationPeriods - 1) * periodSeconds;
  const harmlessBound = evaluationPeriods - datapointsToAlarm;
  let breaching = 0;
  let harmless = 0;
  let oldestBreaching = Infinity;
  for (let index = datapoints.length - 1; index >= 0; index -= 1) {
    const datapoint = datapoints[index];
    if (datapoint === undefined || datapoint.startSeconds < oldestStartSeconds) break;
    if (datapoint.startSeconds > newestStartSeconds) continue;
    if (breaches(rule, datapoint.value)) {
      breaching += 1;
      if (breaching >= datapointsToAlarm) return 'ALARM';
      if (datapoint.startSeconds >= windowStartSeconds) oldestBreaching = datapoint.startSeconds;
    } else {
      harmless += 1;
      // So many harmless ones that M can no longer be reached among N.
      if (harmless > harmlessBound) return 'OK';
    }
    if (breaching + harmless === evaluationPeriods) return 'OK';
  }
  if (harmless > 0) return 'OK';
  if (breaching === 0) return 'INSUFFICIENT_DATA';
  const oldEnough = newestStartSeconds - (datapointsToAlarm - 1) * periodSeconds;
  return oldestBreaching <= oldEnough ? 'ALARM' : null;
}

/** The newest real datapoints that an alarm can see at a moment, newest first, at most N. */
export function visibleValues(
  rule: AlarmRule,
  datapoints: readonly Datapoint[],
  newestStartSeconds: number,
): number[] {
  const oldestStartSeconds = newestStartSeconds - (rule.rangeDatapoints - 1) * rule.periodSeconds;
  const values: number[] = [];
  for (let index = datapoints.length - 1; index >= 0; index -= 1) {
    const datapoint = datapoints[index];
    if (datapoint === undefined || datapoint.startSeconds < oldestStartSeconds) break;
    if (datapoint.startSeconds <= newestStartSeconds) values.push(datapoint.value);
    if (values.length === rule.evaluationPeriods) break;
  }
  return values;
}

/** The newest datapoint that an alarm can see at a moment, or undefined when its range holds none. */
export function newestDatapoint(
  rule: AlarmRule,
  datapoints: readonly Datapoint[],
  newestStartSeconds: number,
): Datapoint | undefined {
  const oldestStartSeconds = newestStartSeconds - (rule.rangeDatapoints - 1) * rule.periodSeconds;
  for (let index = datapoints.length - 1; index >= 0; index -= 1) {
    const datapoint = datapoints[index];
    if (datapoint === undefined || datapoint.startSeconds < oldestStartSeconds) return undefined;
    if (datapoint.startSeconds <= newestStartSeconds) return datapoint;
  }
  return undefined;
}
