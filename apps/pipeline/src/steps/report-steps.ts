import type { StepReport } from './step.ts';
import type { StepListener } from './run-steps.ts';

const marks = { done: '✓', skipped: '–', failed: '✗', interrupted: '✗' } as const;

/** Writes a line when a step begins and ends, and what it says in between, under its name: others run beside it. */
export const stepProgress = (write: (text: string) => void): StepListener => ({
  started: ({ id, title }) => write(`▸ ${id}: ${title}\n`),
  said: ({ id }, line) => write(`    ${id}: ${line}\n`),
  ended: ({ id, outcome, detail, seconds }) =>
    write(`${marks[outcome]} ${id} (${seconds.toFixed(1)} s) ${detail}\n`),
});

export interface SummaryHead {
  readonly command: string;
  readonly environment: string;
  readonly preset: string;
}

/** The steps as a Markdown table, for the summary page of a job. */
export function markdownSummary(
  { command, environment, preset }: SummaryHead,
  reports: readonly StepReport[],
): string {
  const rows = reports.map(
    ({ id, outcome, seconds, detail }) => `| ${id} | ${outcome} | ${seconds.toFixed(1)} | ${cell(detail)} |`,
  );
  return [
    `### ${command} ${environment} (${preset})`,
    '',
    '| Step | Outcome | Seconds | Detail |',
    '| --- | --- | ---: | --- |',
    ...rows,
    '',
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
