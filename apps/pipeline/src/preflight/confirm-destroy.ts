import { type Environment, resourceNames } from '@tideline/config';
import { requireBalancerToGo } from '../commands/destroy.ts';
import { PipelineError } from '../pipeline-error.ts';

interface Confirmation {
  /** As passed by `--environment-name`; undefined when it was not. */
  readonly passed: string | undefined;
  /** Asks a person; undefined where there is none to ask. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/**
 * Has the name of what will be destroyed said once more.
 * @throws PipelineError TL-PIPE-NAME for another name or none, TL-PIPE-PROTECTED when the balancer may not be deleted
 */
export async function confirmDestroy(environment: Environment, { passed, ask }: Confirmation): Promise<void> {
  const { prefix } = resourceNames(environment);
  requireBalancerToGo(environment);
  const given =
    passed ?? (await ask?.(`This deletes ${prefix} and everything in it. Type its name to go on: `));
  if (given?.trim() === prefix) return;
  throw new PipelineError(
    'TL-PIPE-NAME',
    `${given === undefined ? 'no name was given' : `got the name "${given}"`}; this environment is "${prefix}" (<project>-<stage>). Nothing was deleted. Pass --environment-name ${prefix}`,
  );
}
