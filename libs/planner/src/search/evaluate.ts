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
}

/** Judges many at once, in the order of the jobs; null where the description refuses a candidate. */
export type EvaluateAll = (jobs: readonly Job[]) => Promise<readonly (Outcome | null)[]>;

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
  { genes, part, condition }: Job,
): Outcome | null {
  const environment = environmentOf(genes, subject);
  return environment && judge.judge(environment, part, condition);
}
