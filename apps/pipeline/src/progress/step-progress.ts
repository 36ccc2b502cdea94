import type { StepListener } from '../steps/run-steps.ts';

const marks = { done: '✓', skipped: '–', failed: '✗', interrupted: '✗' } as const;

/** Writes a line when a step begins and ends, and what it says in between. */
export const stepProgress = (write: (text: string) => void): StepListener => ({
  started: ({ id, title }) => write(`▸ ${id}: ${title}\n`),
  said: (_, line) => write(`    ${line}\n`),
  ended: ({ id, outcome, detail, seconds }) =>
    write(`${marks[outcome]} ${id} (${seconds.toFixed(1)} s) ${detail}\n`),
});
