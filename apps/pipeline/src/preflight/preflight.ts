import { type StackId, bucketNames, stateKey } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';
import { lockProblem } from '../stacks/lock-problem.ts';

export interface PreflightNeeds {
  /** Whether Terraform works on any stack. */
  readonly terraform: 'needed' | 'not-needed';
  /** Stacks whose states will be written, so that nobody else may hold their locks. */
  readonly stacks: readonly StackId[];
  /** Whether the state bucket must be there already. */
  readonly stateBucket: 'needed' | 'optional';
}

/**
 * Everything that can be known to be wrong before anything is touched.
 * @throws PipelineError of kind `refused`
 */
export async function preflight(
  pipeline: Pipeline,
  needs: PreflightNeeds,
  signal: AbortSignal,
): Promise<void> {
  if (needs.terraform === 'needed') await pipeline.stacks.version(signal);
  await requireAccount(pipeline);
  if (needs.stateBucket === 'needed') await requireStateBucket(pipeline);
  for (const stack of needs.stacks) await requireFreeLock(pipeline, stack);
}

async function requireAccount({ cloud, accountId }: Pipeline): Promise<void> {
  const actual = await cloud.identity.accountId();
  if (actual === accountId) return;
  throw new PipelineError(
    'TL-PIPE-ACCOUNT',
    `the credentials belong to account ${actual}, and AWS_ACCOUNT_ID names ${accountId}. Sign in to ${accountId}, or correct AWS_ACCOUNT_ID`,
  );
}

async function requireStateBucket({ cloud, environment, accountId }: Pipeline): Promise<void> {
  if (await cloud.state.exists()) return;
  throw new PipelineError(
    'TL-PIPE-BOOTSTRAP',
    `there is no state bucket ${bucketNames(environment, accountId).state} in account ${accountId}. Run bootstrap once, with the same --preset and settings`,
  );
}

async function requireFreeLock({ cloud, environment, stacks }: Pipeline, stack: StackId): Promise<void> {
  const held = await cloud.locks.holder(stateKey(environment, stack));
  if (held !== null) throw lockProblem(stack, held, stacks);
}
