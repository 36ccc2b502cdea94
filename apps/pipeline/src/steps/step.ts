/** How a step ended, and briefly why. */
export interface StepOutcome {
  readonly kind: 'done' | 'skipped';
  readonly detail: string;
}

/** What a step may use while it runs. */
export interface StepContext {
  /** Aborted when the user asks to stop: the step then ends in order and throws InterruptedError. */
  readonly signal: AbortSignal;
  /** Reports to the user what is going on. */
  readonly say: (line: string) => void;
}

/** One piece of work that can be run again at any time: what is done already is not done twice. */
export interface Step {
  /** Name on the command line (`--from`, `--to`). */
  readonly id: string;
  /** What it does, as the plan shows it. */
  readonly title: string;
  /** Steps of the run that must be done before it begins; those that are not in the run count as done. @default the one before it */
  readonly after?: readonly string[];
  run(context: StepContext): Promise<StepOutcome>;
}

export const done = (detail: string): StepOutcome => ({ kind: 'done', detail });
export const skipped = (detail: string): StepOutcome => ({ kind: 'skipped', detail });

/** What became of a step. */
export interface StepReport {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'done' | 'skipped' | 'failed' | 'interrupted';
  readonly detail: string;
  readonly seconds: number;
}
