import type { ScalingPolicy } from '@tideline/config';
import type { Elasticity } from '@tideline/evidence';
import type { Capacity } from '../capacity/capacity.ts';
import { families, settingsOf } from '../families/families.ts';
import type { PlanSubject, PolicyInput } from '../families/family.ts';
import type { Genes } from '../families/genes.ts';
import type { Condition, Outcome } from '../judge/outcome.ts';
import type { TraceRemark } from '../traces/trace.ts';
import { type Planned, type PolicyPlan, fittedSubject } from './plan-policies.ts';
import type { Choice, PlanLimits } from './recommend.ts';
import { traceDoubts } from './trace-doubts.ts';

const planVersion = 1;

/** What a policy came to over a stretch of the trace. */
export interface PartFigures {
  readonly elasticity: Elasticity;
  readonly requestsAboveCapacity: Elasticity['aboveCapacity'];
  readonly cost: { readonly computeUsdPerMonth: number; readonly totalUsdPerMonth: number };
  readonly averageUnits: number;
  readonly peakUnits: number;
  readonly scaleEvents: number;
}

/** Bounds and policies, as a description takes them. */
export interface PlanSettings {
  readonly capacity: { readonly min: number; readonly max: number; readonly desired: number };
  readonly scaling: { readonly policies: readonly (PolicyInput | ScalingPolicy)[] };
}

export interface PlanEntry {
  readonly name: string;
  readonly settings: PlanSettings;
  readonly fitted: PartFigures;
  readonly heldOut: PartFigures;
  readonly worstDay: PartFigures;
}

/** What `tideline plan --json` prints. */
export interface PlanDocument {
  readonly schemaVersion: typeof planVersion;
  readonly preset: string;
  readonly unit: Capacity['unit'];
  readonly trace: {
    readonly name: string;
    readonly startedAt: string;
    readonly stepSeconds: number;
    readonly days: number;
    readonly meanRequestsPerSecond: number;
    readonly peakRequestsPerSecond: number;
  };
  readonly capacity: Pick<Capacity, 'source' | 'unit' | 'requestsPerSecond' | 'objective'>;
  readonly split: { readonly fittedSeconds: number; readonly heldOutSeconds: number };
  readonly limits: PlanLimits;
  readonly search: {
    readonly seed: number;
    readonly candidates: number;
    readonly wallSeconds: number;
    readonly stoppedEarly: boolean;
  };
  readonly choice: Choice;
  readonly current: PlanEntry;
  readonly recommended: PlanEntry;
  /** Cost against requests above capacity on the fitted part, cheapest first. */
  readonly front: readonly PlanEntry[];
  /** Calendar day with the most requests above capacity under the policy of now. */
  readonly worstDay: string;
  readonly sensitivity: readonly {
    readonly condition: Condition;
    readonly current: PartFigures;
    readonly recommended: PartFigures;
  }[];
  /** Kinds of policies that were not tried, and why. */
  readonly notTried: readonly { readonly family: string; readonly reason: string }[];
  readonly remarks: readonly TraceRemark[];
}

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
      meanRequestsPerSecond: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
      peakRequestsPerSecond: rates.reduce((most, rate) => Math.max(most, rate), 0),
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
  const { capacity, policies } = settingsOf(genes, fittedSubject(subject, fittedSeconds));
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
