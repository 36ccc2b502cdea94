import { readFile } from 'node:fs/promises';
import type { Choice, PlanDocument, PlanSettings } from '@tideline/planner';
import { UsageError, messageOf } from '@tideline/process';
import * as z from 'zod';

/** The policy to run, and where the part begins that it was not fitted on. */
export interface PlannedPolicy {
  readonly which: 'recommended' | 'current';
  /** Null where no plan was asked. */
  readonly choice: Choice | null;
  readonly settings: PlanSettings;
  /** Seconds from the start of the trace. */
  readonly fittedSeconds: number;
}

const planSchema = z.object({
  schemaVersion: z.literal(1),
  choice: z.string(),
  split: z.object({ fittedSeconds: z.number().positive() }),
  recommended: z.object({
    settings: z.object({
      capacity: z.object({ min: z.int(), max: z.int(), desired: z.int() }),
      scaling: z.object({ policies: z.array(z.looseObject({ type: z.string(), name: z.string() })) }),
    }),
  }),
});

/** The recommended policy of a plan. @throws UsageError TL-PROVE-PLAN where the file is no plan */
export async function readPlan(file: string): Promise<PlannedPolicy> {
  try {
    // What a policy holds is judged where the description takes it.
    const plan = planSchema.parse(JSON.parse(await readFile(file, 'utf8'))) as unknown as PlanDocument;
    const { choice, split, recommended } = plan;
    return {
      which: 'recommended',
      choice,
      settings: recommended.settings,
      fittedSeconds: split.fittedSeconds,
    };
  } catch (error) {
    throw new UsageError(
      'TL-PROVE-PLAN',
      `--plan ${file}: is no plan (${messageOf(error).split('\n')[0] ?? ''}); give the plan.json that tideline plan --out has written`,
    );
  }
}
