import type { BenchReport } from '../report/bench-report.ts';
import type { BenchOptions } from './command.ts';

export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Speed is judged only where somebody asks for it; what could not be measured always counts, what was skipped never. */
export function exitCodeOf(
  { figures, failed }: Pick<BenchReport, 'figures' | 'failed'>,
  { check }: Pick<BenchOptions, 'check'>,
): number {
  if (failed.length > 0) return exitCodes.failed;
  return check && figures.some(({ met }) => met === false) ? exitCodes.failed : exitCodes.done;
}
