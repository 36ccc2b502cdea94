import type { Variables } from '../described-environment.ts';
import { appendWhole } from './write-whole.mjs';

/**
 * Adds a report in Markdown to the summary of a step of GitHub Actions, the file that `GITHUB_STEP_SUMMARY` names; does nothing where
 * that is not set. @throws WriteError
 */
export function appendStepSummary(variables: Variables, markdown: string): void {
  const { GITHUB_STEP_SUMMARY: file = '' } = variables;
  if (file !== '') appendWhole(file, `${markdown}\n`);
}
