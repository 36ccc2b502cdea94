import { type RunRecord, formatCount } from '@tideline/evidence';
import { type Table, left, right } from './table.ts';

/** What dead targets cost, fault by fault; null where there was none, or the record does not say. */
export function faultTable({ faultCosts = [] }: Pick<RunRecord, 'faultCosts'>): Table | null {
  if (faultCosts.length === 0) return null;
  const kinds = [...new Set(faultCosts.flatMap(({ lost }) => Object.keys(lost)))].sort();
  return {
    columns: [left('fault'), left('on purpose'), right('targets'), ...kinds.map(right)],
    rows: faultCosts.map(({ fault, onPurpose, targets, lost }) => [
      fault,
      onPurpose ? 'yes' : 'no',
      formatCount(targets),
      ...kinds.map((kind) => formatCount(lost[kind] ?? 0)),
    ]),
  };
}
