import { type AlarmState, breaches, evaluateAlarm, visibleDatapoints } from '../alarms/alarm.ts';
import { type Datapoint, type DatapointSource, sumDatapoints } from '../alarms/datapoint.ts';
import { isDue, newestStartSeconds } from './evaluation-time.ts';
import { formatNumber } from './candidate.ts';
import type { PlannedAlarm, PlannedMetric, ScalingPlan } from '../plan/plan.ts';
import type { AlarmChange, ScalingInput } from './scaling-decision.ts';
import type { ScalingState } from './scaling-state.ts';

export interface AlarmOutcome {
  /** Metrics whose alarms were evaluated now: only those may act. */
  readonly dueMetrics: readonly PlannedMetric[];
  readonly alarmStates: readonly AlarmState[];
  readonly changes: readonly AlarmChange[];
}

const noChanges: readonly AlarmChange[] = [];

/** Evaluates the alarms of every metric of which a period has become visible since the last evaluation; null when none has. */
export function evaluateAlarms(
  plan: ScalingPlan,
  state: ScalingState,
  input: ScalingInput,
): AlarmOutcome | null {
  const { nowSeconds, datapoints: source } = input;
  const dueMetrics = metricsDue(plan.metrics, state.evaluatedSeconds, nowSeconds);
  if (dueMetrics === null) return null;
  let changed: AlarmState[] | null = null;
  let changes: AlarmChange[] | null = null;
  for (const metric of dueMetrics) {
    const datapoints = metricDatapoints(metric, source);
    const newest = newestStartSeconds(metric, nowSeconds);
    for (const alarm of metric.alarms) {
      const from = state.alarmStates[alarm.index] ?? 'INSUFFICIENT_DATA';
      const to = evaluateAlarm(alarm, datapoints, newest);
      if (to === null || to === from) continue;
      changed ??= [...state.alarmStates];
      changed[alarm.index] = to;
      const visible = visibleDatapoints(alarm, datapoints, newest);
      const explain = () => changeReason(alarm, to, visible);
      (changes ??= []).push({ alarm: alarm.name, from, to, explain });
    }
  }
  return { dueMetrics, alarmStates: changed ?? state.alarmStates, changes: changes ?? noChanges };
}

function metricsDue(
  metrics: readonly PlannedMetric[],
  lastSeconds: number,
  nowSeconds: number,
): readonly PlannedMetric[] | null {
  let due = 0;
  let before: PlannedMetric | null = null;
  let isBeforeDue = false;
  for (const metric of metrics) {
    // Metrics of one period have one lag, and are due together.
    const isSame = before?.periodSeconds === metric.periodSeconds;
    if (!isSame) isBeforeDue = isDue(metric, lastSeconds, nowSeconds);
    if (isBeforeDue) due += 1;
    before = metric;
  }
  // The usual cases need no list of their own.
  if (due === 0) return null;
  if (due === metrics.length) return metrics;
  return metrics.filter((metric) => isDue(metric, lastSeconds, nowSeconds));
}

/** Datapoints of a metric, added up first where it is a sum. */
export function metricDatapoints(metric: PlannedMetric, source: DatapointSource): readonly Datapoint[] {
  return metric.sourceKeys.length === 1
    ? source(metric.key)
    : sumDatapoints(metric.sourceKeys.map((key) => source(key)));
}

const relations = {
  '>': 'greater than',
  '>=': 'greater than or equal to',
  '<': 'less than',
  '<=': 'less than or equal to',
} as const;

/** Why an alarm changed, worded after CloudWatch’s state reasons. */
function changeReason(alarm: PlannedAlarm, to: AlarmState, visible: readonly Datapoint[]): string {
  if (to === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${alarm.rangeDatapoints} datapoints were unknown.`;
  const values = visible.map(({ value }) => value);
  const shown = values.slice(0, 5).map(formatNumber).join(', ');
  const list = values.length > 5 ? `${shown}, ...` : shown;
  const breaching = values.filter((value) => breaches(alarm, value)).length;
  const threshold = `${relations[alarm.comparison]} the threshold (${formatNumber(alarm.threshold)})`;
  return `Threshold Crossed: ${breaching} of the last ${values.length} datapoints [${list}] were ${threshold}; ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} make the ALARM state.`;
}
