import {
  type AlarmFacts,
  type Environment,
  type MetricReference,
  type ScalingAlarm,
  comparisonSigns,
} from '@tideline/config';
import type { AlarmRule } from '../alarms/alarm.ts';
import { metricLagSeconds } from './metric-lag.ts';
import type {
  PlannedAlarm,
  PlannedMetric,
  PlannedPolicy,
  PlannedPredictive,
  PlannedScheduledAction,
  ScalingPlan,
} from './plan.ts';

/** What an alarm of the description compares, as the engine evaluates it. */
export const alarmRule = (
  facts: AlarmFacts,
  { assumptions }: Pick<Environment, 'assumptions'>,
): AlarmRule => ({
  comparison: comparisonSigns[facts.comparison],
  threshold: facts.threshold,
  evaluationPeriods: facts.evaluationPeriods,
  datapointsToAlarm: facts.datapointsToAlarm,
  periodSeconds: facts.periodSeconds,
  rangeDatapoints: facts.evaluationPeriods + assumptions.extraEvaluationDatapoints,
  treatMissingData: facts.treatMissingData,
  prematureAlarm: assumptions.prematureAlarm,
  tooFewDatapoints: assumptions.tooFewDatapoints,
});

type GrowingMetric = PlannedMetric & { readonly alarms: PlannedAlarm[] };

/** Collects what an environment’s policies come down to, each metric once. */
export class PlanBuilder {
  readonly environment: Environment;
  /** Calendar instant of cloud second 0. */
  readonly startedAt: Date;
  readonly #metrics = new Map<string, GrowingMetric>();
  readonly #alarms: PlannedAlarm[] = [];
  readonly #policies: PlannedPolicy[] = [];
  readonly #scheduledActions: PlannedScheduledAction[] = [];
  readonly #predictive: PlannedPredictive[] = [];

  constructor(environment: Environment, startedAt: Date) {
    this.environment = environment;
    this.startedAt = startedAt;
  }

  /** What every policy has that follows a metric; its place is that of the next policy. */
  follow(reference: MetricReference) {
    const metric = this.#metric(reference);
    return { index: this.#policies.length, metricKey: metric.key, metric };
  }

  alarm(facts: ScalingAlarm): PlannedAlarm {
    const metric = this.#metric(facts.metric);
    const alarm: PlannedAlarm = {
      ...alarmRule(facts, this.environment),
      name: facts.name,
      metricKey: metric.key,
      index: this.#alarms.length,
    };
    this.#alarms.push(alarm);
    metric.alarms.push(alarm);
    return alarm;
  }

  addPolicy(policy: PlannedPolicy): void {
    this.#policies.push(policy);
  }

  addScheduledAction(action: PlannedScheduledAction): void {
    this.#scheduledActions.push(action);
  }

  addPredictive(policy: PlannedPredictive): void {
    this.#predictive.push(policy);
  }

  /** A metric that no alarm watches. */
  measured({ key, periodSeconds }: MetricReference): PlannedPredictive['metric'] {
    return { key, periodSeconds, lagSeconds: metricLagSeconds(this.environment, periodSeconds) };
  }

  plan({ unit, capacity, suspended }: Pick<ScalingPlan, 'unit' | 'capacity' | 'suspended'>): ScalingPlan {
    return {
      unit,
      capacity: { min: capacity.min, max: capacity.max },
      metrics: [...this.#metrics.values()],
      alarms: this.#alarms,
      policies: this.#policies,
      scheduledActions: this.#scheduledActions,
      predictive: this.#predictive,
      suspended,
      assumptions: this.environment.assumptions,
    };
  }

  #metric({ key, sourceKeys, periodSeconds }: MetricReference): GrowingMetric {
    const known = this.#metrics.get(key);
    if (known !== undefined) return known;
    const lagSeconds = metricLagSeconds(this.environment, periodSeconds);
    const planned = { key, sourceKeys, periodSeconds, lagSeconds, alarms: [] };
    this.#metrics.set(key, planned);
    return planned;
  }
}
