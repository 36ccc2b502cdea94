import { families, settingsOf } from '../families/families.ts';
import type { PlanSubject } from '../families/family.ts';
import type { Genes } from '../families/genes.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { TraceRemark } from '../traces/trace.ts';
import { choiceDoubts } from './choice-doubts.ts';
import { traceRates } from '../traces/trace-rates.ts';
import type { Planned, PolicyPlan } from './plan-policies.ts';
import { firstPart } from '../search/evaluate.ts';
import {
  type PartFigures,
  type PlanDocument,
  type PlanEntry,
  type PlanSettings,
  planVersion,
} from './plan-schema.ts';
import type { PlanLimits } from './recommend.ts';
import { traceDoubts } from './trace-doubts.ts';

export interface PlanFacts {
  readonly subject: PlanSubject;
  readonly fittedSeconds: number;
  readonly limits: PlanLimits;
  readonly seed: number;
  readonly wallSeconds: number;
}

/** A plan in words and figures. */
export function planDocument(plan: PolicyPlan, facts: PlanFacts): PlanDocument {
  const { subject, fittedSeconds, limits, seed, wallSeconds } = facts;
  const { trace, capacity, environment } = subject;
  const rates = trace.requestsPerSecond;
  const totalSeconds = rates.length * trace.stepSeconds;
  const entry = (planned: Planned): PlanEntry => ({
    name: planned.genes === null ? 'as described' : families[planned.genes.family].label,
    settings: planSettings(planned.genes, subject, fittedSeconds),
    fitted: partFigures(planned.fitted),
    heldOut: partFigures(planned.heldOut),
    worstDay: partFigures(planned.worstDay),
  });
  return {
    schemaVersion: planVersion,
    preset: environment.preset,
    unit: capacity.unit,
    trace: {
      name: trace.name,
      startedAt: trace.startedAt.toISOString(),
      stepSeconds: trace.stepSeconds,
      days: totalSeconds / 86_400,
      ...traceRates(trace),
    },
    capacity: {
      source: capacity.source,
      unit: capacity.unit,
      requestsPerSecond: capacity.requestsPerSecond,
      objective: capacity.objective,
    },
    split: { fittedSeconds, heldOutSeconds: totalSeconds - fittedSeconds },
    limits,
    search: { seed, candidates: plan.tried, wallSeconds, stoppedEarly: plan.stoppedEarly },
    choice: plan.choice,
    current: entry(plan.current),
    recommended: entry(plan.recommended),
    front: plan.front.map(entry),
    worstDay: new Date(trace.startedAt.getTime() + plan.worstDay.fromSeconds * 1000)
      .toISOString()
      .slice(0, 10),
    sensitivity: plan.sensitivity.map(({ condition, current, recommended }) => ({
      condition,
      current: partFigures(current),
      recommended: partFigures(recommended),
    })),
    notTried: plan.notTried,
    remarks: [
      ...trace.remarks,
      ...traceDoubts(trace, fittedSeconds),
      ...choiceDoubts(
        plan.choice,
        { current: plan.current.heldOut, recommended: plan.recommended.heldOut },
        limits,
      ),
      ...burstRemarks(plan.recommended.heldOut, subject),
    ],
  };
}

/** Requests above capacity, percent of all, from which on they are worth a word. */
const noticeablePercent = 1;

/** Scaling acts minutes after load does: what comes faster needs units that stand ready. */
function burstRemarks({ elasticity }: Outcome, { capacity }: PlanSubject): readonly TraceRemark[] {
  const { percent, longestSeconds } = elasticity.aboveCapacity;
  if (percent <= noticeablePercent) return [];
  return [
    {
      code: 'TL-PLAN-BURSTS',
      message: `${Number(percent.toPrecision(3))} % of the requests still arrive above capacity, for up to ${Math.round(longestSeconds)} s at a time: an alarm of target tracking takes three minutes to fire, and a new ${capacity.unit} has to start. Only ${capacity.unit}s that stand ready help; --max-short 0.1% shows what they cost`,
    },
  ];
}

/** What the description would say. */
function planSettings(genes: Genes | null, subject: PlanSubject, fittedSeconds: number): PlanSettings {
  if (genes === null) {
    const { capacity, scaling } = subject.environment;
    return { capacity, scaling: { policies: scaling.policies } };
  }
  const { capacity, policies } = settingsOf(genes, firstPart(subject, fittedSeconds));
  return { capacity, scaling: { policies } };
}

/** An outcome, as documents show it. */
export const partFigures = ({
  elasticity,
  averageUnits,
  peakUnits,
  scaleEvents,
  computeUsdPerMonth,
  totalUsdPerMonth,
}: Outcome): PartFigures => ({
  elasticity,
  requestsAboveCapacity: elasticity.aboveCapacity,
  cost: { computeUsdPerMonth, totalUsdPerMonth },
  averageUnits,
  peakUnits,
  scaleEvents,
});
