import { suggestName } from '@tideline/config';
import { awsProblem } from '../aws/aws-problem.ts';
import type { Clock } from '../clock.ts';
import { InterruptedError } from '@tideline/process';
import { PipelineError } from '../pipeline-error.ts';
import type { Step, StepOutcome, StepReport } from './step.ts';

/** Hears of each step as it happens. */
export interface StepListener {
  started(step: Step): void;
  said(step: Step, line: string): void;
  ended(report: StepReport): void;
}

export interface StepRun {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly listener: StepListener;
}

export interface StepsResult {
  readonly reports: readonly StepReport[];
  /** What ended the run early, and where it can be taken up again. */
  readonly stopped?: { readonly resumeAt: string; readonly error: unknown };
}

/** Runs steps one after another, up to the first that fails or is interrupted. Never throws for a step’s sake. */
export async function runSteps(
  steps: readonly Step[],
  { signal, clock, listener }: StepRun,
): Promise<StepsResult> {
  const reports: StepReport[] = [];
  for (const step of steps) {
    if (signal.aborted) return { reports, stopped: { resumeAt: step.id, error: new InterruptedError() } };
    const startMs = clock.nowMs();
    const close = ({ kind, detail }: Ending): void => {
      const seconds = Math.round((clock.nowMs() - startMs) / 100) / 10;
      const report: StepReport = { id: step.id, title: step.title, outcome: kind, detail, seconds };
      reports.push(report);
      listener.ended(report);
    };
    listener.started(step);
    try {
      close(await step.run({ signal, say: (line) => listener.said(step, line) }));
    } catch (thrown) {
      const error = awsProblem(thrown);
      const interrupted = error instanceof InterruptedError;
      close({
        kind: interrupted ? 'interrupted' : 'failed',
        detail: error instanceof Error ? error.message : String(error),
      });
      return { reports, stopped: { resumeAt: step.id, error } };
    }
  }
  return { reports };
}

type Ending = StepOutcome | { readonly kind: 'failed' | 'interrupted'; readonly detail: string };

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
