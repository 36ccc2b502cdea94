import { type StateLock, excludeEachOther, resourceNames } from '@tideline/config';
import { recordedStateLock } from '../deployed/recorded-state-lock.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';

/** Whether a command may change where runs lock the states: bootstrap alone does. */
export type LockNeed = 'as-recorded' | 'may-change';

/**
 * Refuses a description that locks the states elsewhere than the last bootstrap did: its run would not see the locks of the
 * others, nor they its own. A bootstrap may change it to one that has a place in common with the former.
 * @returns where runs lock now
 * @throws PipelineError TL-PIPE-LOCK-CHANGE
 */
export async function requireStateLock(pipeline: Pipeline, need: LockNeed): Promise<StateLock> {
  const { environment, bootstrapCommand } = pipeline;
  const { lock } = environment.state;
  const recorded = (await recordedStateLock(pipeline)) ?? lock;
  const step = excludeEachOther(recorded, lock);
  if (recorded === lock || (need === 'may-change' && step)) return recorded;
  const change = step
    ? `an administrator runs, while no other command does: ${bootstrapCommand}`
    : `an administrator bootstraps with both in between, because runs of the two do not keep each other out: ${bootstrapCommand} --set state.lock=both`;
  throw new PipelineError(
    'TL-PIPE-LOCK-CHANGE',
    `${resourceNames(environment).prefix} was bootstrapped with state.lock=${recorded}, and this description says ${lock}. Nothing was changed. Set state.lock to ${recorded}; or, to change it, ${change}`,
  );
}
