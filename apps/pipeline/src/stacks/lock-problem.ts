import type { StackId } from '@tideline/config';
import type { HeldLock } from '../aws/state-locks.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { StackTool } from './stack-tool.ts';

/** Says who holds the lock, since when, and how to release it once that is right. */
export const lockProblem = (
  stack: StackId,
  { id, who, operation, since }: HeldLock,
  stacks: Pick<StackTool, 'howToUnlock'>,
): PipelineError =>
  new PipelineError(
    'TL-PIPE-LOCK',
    `the state of stack ${stack} is locked by ${who} (${operation}, since ${since}). Wait until that run has ended. ` +
      `If nobody is working there any more, release it: ${stacks.howToUnlock(stack, id)}`,
  );
