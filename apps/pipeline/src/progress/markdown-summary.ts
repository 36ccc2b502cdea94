import type { StepReport } from '../steps/step.ts';

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
