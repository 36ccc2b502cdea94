import type { Environment } from '@tideline/config';
import { settingsOf, withSettings } from '../families/families.ts';
import type { PlanSubject } from '../families/family.ts';
import type { Genes } from '../families/genes.ts';
import type { Condition, Outcome, TracePart } from '../judge/outcome.ts';
import type { PolicyJudge } from '../judge/policy-judge.ts';

/** One policy to judge; without genes it is the description as it stands. */
export interface Job {
  readonly genes: Genes | null;
  readonly part: TracePart;
  readonly condition: Condition;
  /** What the policy learns of the trace it learns of so much of its start, seconds. @default all of the part that is fitted */
  readonly learntSeconds?: number;
}

/** Judges many at once, in the order of the jobs; null where the description refuses a candidate. */
export type EvaluateAll = (jobs: readonly Job[]) => Promise<readonly (Outcome | null)[]>;

/** The first part of a trace, as a trace. Whatever is learnt of a trace is learnt of it. */
export const firstPart = (subject: PlanSubject, seconds: number): PlanSubject => ({
  ...subject,
  trace: {
    ...subject.trace,
    requestsPerSecond: subject.trace.requestsPerSecond.slice(
      0,
      Math.round(seconds / subject.trace.stepSeconds),
    ),
  },
});

/** The environment of a job; null where the description refuses the candidate. */
function environmentOf(genes: Genes | null, subject: PlanSubject): Environment | null {
  if (genes === null) return subject.environment;
  try {
    return withSettings(subject.environment, settingsOf(genes, subject));
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigurationError') return null;
    throw error;
  }
}

/** Judges one job, here and now. */
export function evaluate(
  judge: PolicyJudge,
  subject: PlanSubject,
  { genes, part, condition, learntSeconds }: Job,
): Outcome | null {
  const learnt = learntSeconds === undefined ? subject : firstPart(subject, learntSeconds);
  const environment = environmentOf(genes, learnt);
  return environment && judge.judge(environment, part, condition);
}
