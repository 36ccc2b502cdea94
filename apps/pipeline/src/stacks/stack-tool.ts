import type { StackId, StateLock } from '@tideline/config';
import type { StackState } from '../aws/state-store.ts';
import { type HeldLock, unreadable } from '../aws/state-locks.ts';
import { PipelineError } from '../pipeline-error.ts';

/** What the stacks are synthesised from, beyond the description. */
export interface SynthesisFacts {
  /** `local` while the bucket of the state does not exist, `s3-without-table` while its lock table does not. @default s3 */
  readonly stateBackend?: 'local' | 's3-without-table' | undefined;
  /** Lets go of what guards the state against a destroy. */
  readonly unprotectState?: true | undefined;
}

/** Images by digest, by the input variables of the stacks that run them. @default what the stack falls back on */
export interface StackImages {
  readonly image?: string | undefined;
  readonly load_runner_image?: string | undefined;
}

/** How many resources Terraform touched. */
export interface StackChange {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** What Terraform would do. */
export interface StackPlan extends StackChange {
  /** Each resource that is not as it should be with what becomes of it, such as `aws_vpc.a will be created`. */
  readonly resources: readonly string[];
  /** Stacks that will have values which this one reads and Terraform does not know yet: then it has compared nothing. */
  readonly knownAfter: readonly string[];
}

export interface StackRun {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** @default none */
  readonly images?: StackImages;
}

/** Policy documents, as JSON, by the names of the policies. */
export type Policies = Readonly<Record<string, string>>;

/** Builds and removes stacks; those that do not need one another, side by side. */
export interface StackTool {
  /** @throws PipelineError TL-PIPE-TERRAFORM when it is missing or too old */
  version(signal: AbortSignal): Promise<string>;
  /** Writes the stacks as Terraform reads them. Does nothing when the facts are those of the last time. */
  synthesize(facts: SynthesisFacts, run: StackRun): Promise<void>;
  /** @throws PipelineError TL-PIPE-STACK, TL-PIPE-LOCK */
  apply(stack: StackId, run: StackRun): Promise<StackChange>;
  /** @throws PipelineError TL-PIPE-STACK, TL-PIPE-LOCK */
  destroy(stack: StackId, run: StackRun): Promise<StackChange>;
  /** What an apply would do. Takes no lock, changes nothing. @throws PipelineError TL-PIPE-STACK */
  plan(stack: StackId, run: StackRun): Promise<StackPlan>;
  /** Moves a stack’s state from where it was initialised last to where it is synthesised for now. */
  migrate(stack: StackId, run: StackRun): Promise<void>;
  /** What a person types to release an abandoned lock of a run that locked in this way. */
  howToUnlock(stack: StackId, lockId: string, lock: StateLock): string;
  /** The policies of IAM that stack state is synthesised with, by their names; synthesised before. */
  policies(): Promise<Policies>;
  /** The state of stack state, where it is kept in a file here; else null. */
  localState(): Promise<StackState | null>;
  /** Removes what is left of a state that was kept in a file. */
  forgetLocalState(): Promise<void>;
}

/** Says who holds the lock, since when and where, and how to release it once that is right. */
export function lockProblem(
  stack: StackId,
  { id, who, operation, since, places }: HeldLock,
  { stacks, lock }: { readonly stacks: Pick<StackTool, 'howToUnlock'>; readonly lock: StateLock },
): PipelineError {
  const where = places.length === 0 ? '' : `, in ${places.join(' and ')}`;
  const oneOfTwo =
    lock === 'both' && places.length === 1
      ? ' (Terraform reports that it finds no such lock in the other place, and has released this one)'
      : '';
  const release =
    id === unreadable
      ? 'Terraform cannot read it and so cannot release it: if that run has ended, delete it by hand (docs/troubleshooting.md, “A held lock”)'
      : `If that run has ended, release it${oneOfTwo}: ${stacks.howToUnlock(stack, id, lock)}`;
  return new PipelineError(
    'TL-PIPE-LOCK',
    `the state of stack ${stack} is locked by ${who} (${operation}, since ${since}${where}). Wait until that run has ended. ${release}`,
  );
}
