import { readFile } from 'node:fs/promises';
import {
  type Choice,
  type PlanDocument,
  type PlanSettings,
  documentProblem,
  planDocumentSchema,
} from '@tideline/planner';
import { UsageError, messageOf } from '@tideline/process';

/** The policy to run, and where the part begins that it was not fitted on. */
export interface PlannedPolicy {
  readonly which: 'recommended' | 'current';
  /** Null where no plan was asked. */
  readonly choice: Choice | null;
  readonly settings: PlanSettings;
  /** Seconds from the start of the trace. */
  readonly fittedSeconds: number;
  /** What the plan was made of; null where none was read. */
  readonly madeOf: Pick<PlanDocument, 'unit' | 'trace'> | null;
}

/** The recommended policy of a plan. @throws UsageError TL-PROVE-PLAN where the file is no plan */
export async function readPlan(file: string): Promise<PlannedPolicy> {
  const refuse = (why: string, cause: unknown): UsageError =>
    new UsageError(
      'TL-PROVE-PLAN',
      `--plan ${file}: ${why}; give the plan.json that tideline plan --out has written`,
      { cause },
    );
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw refuse(`cannot be read (${messageOf(error)})`, error);
  }
  const parsed = planDocumentSchema.safeParse(document);
  if (!parsed.success) {
    const problem = documentProblem(parsed.error, document, Object.keys(planDocumentSchema.shape));
    throw refuse(`is no plan (${problem})`, parsed.error);
  }
  const { choice, split, recommended, unit, trace } = parsed.data;
  return {
    ...{ which: 'recommended', choice, settings: recommended.settings },
    ...{ fittedSeconds: split.fittedSeconds, madeOf: { unit, trace } },
  };
}
