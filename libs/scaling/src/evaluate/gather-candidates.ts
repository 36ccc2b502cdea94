import type { PlannedPolicy } from '../plan/plan.ts';
import type { Candidate } from './candidate.ts';
import type { Evaluation, PolicyArithmetic, Wish } from './policy-arithmetic.ts';
import { managedScaling } from './managed-scaling.ts';
import { stepScaling } from './step-scaling.ts';
import { targetTracking } from './target-tracking.ts';

interface Candidates {
  readonly out: readonly Candidate[];
  readonly in: readonly Candidate[];
  readonly stays: readonly Candidate[];
  readonly failed: readonly FailedWish[];
}

type FailedWish = Extract<Wish, { readonly kind: 'failed' }>;

type PlannedOf<Type> = Extract<PlannedPolicy, { readonly type: Type }>;

const arithmetics: { readonly [Type in PlannedPolicy['type']]: PolicyArithmetic<PlannedOf<Type>> } = {
  'target-tracking': targetTracking,
  step: stepScaling,
  'managed-scaling': managedScaling,
};

/** The arithmetic of a policy’s kind. Hand its functions that policy and no other. */
export const policyArithmetic = ({ type }: Pick<PlannedPolicy, 'type'>): PolicyArithmetic =>
  arithmetics[type];

// Most evaluations of a long run find no wish: they share these.
const none: readonly Candidate[] = [];
const noFailure: readonly FailedWish[] = [];

type Wishes = { -readonly [Name in keyof Candidates]: Candidates[Name] };

/** Asks every policy whose alarm is in ALARM, and was evaluated now, for the capacity that it wants. */
export function gatherCandidates(evaluation: Evaluation): Candidates {
  const { plan, dueMetrics } = evaluation;
  const wishes: Wishes = { out: none, in: none, stays: none, failed: noFailure };
  let held = false;
  for (const policy of plan.policies) {
    const arithmetic = policyArithmetic(policy);
    held ||= arithmetic.holdsCapacity(policy, evaluation);
    const wish = dueMetrics.includes(policy.metric) ? arithmetic.wish(policy, evaluation) : undefined;
    if (wish === undefined) continue;
    if (wish.kind === 'failed') wishes.failed = [...wishes.failed, wish];
    else wishes[wish.kind] = [...wishes[wish.kind], wish.candidate];
  }
  // A service that any policy finds too small is not made smaller.
  if (held || wishes.out.length > 0) wishes.in = none;
  else
    wishes.in =
      wishes.in.length === 0 ? agreedScaleIns(evaluation) : [...wishes.in, ...agreedScaleIns(evaluation)];
  return wishes;
}

/**
 * Target tracking scales in only when all trackers that may scale in are ready (ECS guide, target tracking):
 * the one that keeps most tasks speaks for all. Those that decline keep what there is.
 */
function agreedScaleIns(evaluation: Evaluation): readonly Candidate[] {
  const { plan, situation, dueMetrics } = evaluation;
  const candidates: Candidate[] = [];
  let due = false;
  for (const policy of plan.policies) {
    const candidate = policyArithmetic(policy).agreedScaleIn(policy, evaluation);
    if (candidate === undefined) return none;
    if (candidate === null) continue;
    due ||= dueMetrics.includes(policy.metric);
    candidates.push(candidate);
  }
  if (!due) return none;
  const declining = candidates.filter(({ to }) => to >= situation.desired);
  if (declining.length > 0) return declining;
  const spokesman = largest(candidates);
  return spokesman === undefined ? none : [spokesman];
}

/** The candidate with the largest capacity, the first one among equals. */
export function largest(candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) if (best === undefined || candidate.to > best.to) best = candidate;
  return best;
}
