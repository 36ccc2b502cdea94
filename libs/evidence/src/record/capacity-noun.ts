import type { RunRecord } from './run-record.ts';

/** What the counts of a run count: `tasks` or `instances`; `task` and `instance` for one. */
export const capacityNoun = (
  { scaling }: { readonly scaling: Pick<RunRecord['scaling'], 'unit'> },
  count = 2,
): string => {
  const unit = scaling.unit ?? 'task';
  return count === 1 ? unit : `${unit}s`;
};
