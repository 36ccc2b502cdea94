import { type AlarmState, evaluateAlarm, newestValues } from './alarm.ts';
import { type Datapoint, type DatapointSource, sumDatapoints } from './datapoint.ts';
import { isDue, newestStartSeconds } from './evaluation-time.ts';
import { formatNumber } from './format-number.ts';
import type { PlannedAlarm, PlannedMetric, ScalingPlan } from './plan.ts';
import type { AlarmChange, ScalingInput } from './scaling-decision.ts';
import type { ScalingState } from './scaling-state.ts';

interface AlarmOutcome {
  /** Metrics whose alarms were evaluated now: only those may act. */
  readonly dueMetrics: readonly PlannedMetric[];
  readonly alarmStates: readonly AlarmState[];
  readonly changes: readonly AlarmChange[];
}

const nothingDue: readonly PlannedMetric[] = [];
const noChanges: readonly AlarmChange[] = [];

/** Evaluates the alarms of every metric of which a period has become visible since the last evaluation. */
export function evaluateAlarms(plan: ScalingPlan, state: ScalingState, input: ScalingInput): AlarmOutcome {
  const { nowSeconds, datapoints: source } = input;
  const dueMetrics = plan.metrics.filter((metric) => isDue(metric, state.evaluatedSeconds, nowSeconds));
  if (dueMetrics.length === 0)
    return { dueMetrics: nothingDue, alarmStates: state.alarmStates, changes: noChanges };
  let changed: AlarmState[] | null = null;
  let changes: AlarmChange[] | null = null;
  for (const metric of dueMetrics) {
    const datapoints = metricDatapoints(metric, source);
    const newest = newestStartSeconds(metric, nowSeconds);
    for (const alarm of metric.alarms) {
      const from = state.alarmStates[alarm.index] ?? 'INSUFFICIENT_DATA';
      const to = evaluateAlarm(alarm, datapoints, { newestStartSeconds: newest, previous: from });
      if (to === from) continue;
      changed ??= [...state.alarmStates];
      changed[alarm.index] = to;
      const reason = changeReason(alarm, to, {
        values: newestValues(alarm, datapoints, {
          newestStartSeconds: newest,
          count: alarm.evaluationPeriods,
        }),
      });
      (changes ??= []).push({ alarm: alarm.name, from, to, reason });
    }
  }
  return { dueMetrics, alarmStates: changed ?? state.alarmStates, changes: changes ?? noChanges };
}

/** Datapoints of a metric, added up first where it is a sum. */
export function metricDatapoints(metric: PlannedMetric, source: DatapointSource): readonly Datapoint[] {
  const [only, second] = metric.sourceKeys;
  return only !== undefined && second === undefined
    ? source(only)
    : sumDatapoints(metric.sourceKeys.map(source));
}

const relations = {
  '>': 'greater than',
  '>=': 'greater than or equal to',
  '<': 'less than',
  '<=': 'less than or equal to',
} as const;

/** Why an alarm changed, worded after CloudWatch’s state reasons. */
function changeReason(
  alarm: PlannedAlarm,
  to: AlarmState,
  { values }: { values: readonly number[] },
): string {
  if (to === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${alarm.rangeDatapoints} datapoints were unknown.`;
  const shown = values.slice(0, 5).map(formatNumber).join(', ');
  const list = values.length > 5 ? `${shown}, ...` : shown;
  const negation = to === 'ALARM' ? '' : 'not ';
  return `Threshold Crossed: the last ${values.length} datapoint${values.length === 1 ? '' : 's'} [${list}] were ${negation}${relations[alarm.comparison]} the threshold (${formatNumber(alarm.threshold)}), ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} needed for ALARM.`;
}
