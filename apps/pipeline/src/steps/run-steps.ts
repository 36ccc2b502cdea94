import { awsProblem } from '../aws/aws-problem.ts';
import type { Clock } from '../clock.ts';
import { InterruptedError, messageOf } from '@tideline/process';
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
  /** In the order of the steps. */
  readonly reports: readonly StepReport[];
  /** From the first step’s beginning to the last one’s end. */
  readonly seconds: number;
  /** What ended the run early, and where it can be taken up again. */
  readonly stopped?: { readonly resumeAt: string; readonly error: unknown };
}

/** Each may be a Terraform with its provider, which takes 0.4 GB. */
const mostAtOnce = 4;

/**
 * Runs each step once those that it waits for are done. After one that fails, or once the user asks to stop, no other begins,
 * and those that run are waited for. Never throws for a step’s sake.
 */
export async function runSteps(steps: readonly Step[], run: StepRun): Promise<StepsResult> {
  const { signal, clock } = run;
  const startMs = clock.nowMs();
  const ends = new Map<string, StepEnd>();
  const running = new Map<string, Promise<void>>();
  const begin = async (step: Step): Promise<void> => {
    ends.set(step.id, await runStep(step, run));
    running.delete(step.id);
  };
  const isReady = (step: Step, index: number): boolean =>
    !ends.has(step.id) &&
    !running.has(step.id) &&
    waitedFor(steps, index).every((id) => ends.get(id)?.error === undefined && ends.has(id));
  for (;;) {
    const goesOn = !signal.aborted && [...ends.values()].every(({ error }) => error === undefined);
    if (goesOn)
      for (const step of steps.filter(isReady).slice(0, mostAtOnce - running.size))
        running.set(step.id, begin(step));
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  const inOrder = steps.map(({ id }) => ({ id, end: ends.get(id) }));
  const reports = inOrder.flatMap(({ end }) => (end === undefined ? [] : [end.report]));
  const seconds = secondsSince(startMs, clock);
  const resumeAt = inOrder.find(({ end }) => end === undefined || end.error !== undefined)?.id;
  if (resumeAt === undefined) return { reports, seconds };
  const failed = inOrder.find(({ end }) => end?.error !== undefined);
  return { reports, seconds, stopped: { resumeAt, error: failed?.end?.error ?? new InterruptedError() } };
}

/** The steps of this run that one waits for. */
function waitedFor(steps: readonly Step[], index: number): readonly string[] {
  const before = steps[index - 1];
  const after = steps[index]?.after ?? (before === undefined ? [] : [before.id]);
  return after.filter((id) => steps.some((step) => step.id === id));
}

interface StepEnd {
  readonly report: StepReport;
  /** Why it was not done. */
  readonly error?: unknown;
}

async function runStep(step: Step, { signal, clock, listener }: StepRun): Promise<StepEnd> {
  const startMs = clock.nowMs();
  const close = ({ kind, detail }: Ending): StepReport => {
    const report = {
      ...{ id: step.id, title: step.title, outcome: kind, detail },
      seconds: secondsSince(startMs, clock),
    };
    listener.ended(report);
    return report;
  };
  listener.started(step);
  try {
    return { report: close(await step.run({ signal, say: (line) => listener.said(step, line) })) };
  } catch (thrown) {
    const error = awsProblem(thrown);
    const kind = error instanceof InterruptedError ? 'interrupted' : 'failed';
    return { report: close({ kind, detail: messageOf(error) }), error };
  }
}

const secondsSince = (startMs: number, clock: Clock): number =>
  Math.round((clock.nowMs() - startMs) / 100) / 10;

type Ending = StepOutcome | { readonly kind: 'failed' | 'interrupted'; readonly detail: string };
