import { suggestName } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { Step } from './step.ts';

interface StepRange {
  /** First step to run. @default the first */
  readonly from?: string | undefined;
  /** Last step to run. @default the last */
  readonly to?: string | undefined;
}

/**
 * The steps from one to another, both included.
 * @throws PipelineError TL-PIPE-USAGE for a name that is no step, or an end before the start
 */
export function selectSteps(steps: readonly Step[], { from, to }: StepRange): readonly Step[] {
  const first = from === undefined ? 0 : indexOf(steps, '--from', from);
  const last = to === undefined ? steps.length - 1 : indexOf(steps, '--to', to);
  if (last < first) {
    throw new PipelineError(
      'TL-PIPE-USAGE',
      `--to ${to ?? ''} comes before --from ${from ?? ''}; the order is ${names(steps)}`,
    );
  }
  return steps.slice(first, last + 1);
}

function indexOf(steps: readonly Step[], option: string, id: string): number {
  const index = steps.findIndex((step) => step.id === id);
  if (index >= 0) return index;
  const known = steps.map((step) => step.id);
  throw new PipelineError(
    'TL-PIPE-USAGE',
    `${option}: there is no step "${id}" here; ${suggestName(id, known)}`,
  );
}

const names = (steps: readonly Step[]): string => steps.map(({ id }) => id).join(', ');
