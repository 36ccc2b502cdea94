import { UsageError } from '@tideline/process';
import { type Comparison, difference, formatValue } from '@tideline/report';
import { allFigures } from './figures.ts';
import type { Subject } from './read-subject.ts';

/**
 * Sets each subject against the first. Figures that none of them has are left out.
 * @throws UsageError TL-COMPARE-UNLIKE for other units, and for other loads unless that is allowed
 */
export function compareSubjects(
  subjects: readonly Subject[],
  { differentLoads }: { readonly differentLoads: boolean },
): Comparison {
  refuseUnlike(subjects, differentLoads);
  return {
    schemaVersion: 1,
    kind: 'comparison',
    subjects: subjects.map(({ name, kind, startedAt, passed }) => ({ name, kind, startedAt, passed })),
    figures: allFigures.flatMap(({ id, label, unit, better }) => {
      const values = subjects.map(({ figures }) => figures[id] ?? null);
      const [first = null, ...later] = values;
      if (values.every((value) => value === null)) return [];
      const differences = later.map((value) =>
        difference({ first, value, better }, (amount) => formatValue(amount, { unit })),
      );
      return [{ id, label, unit, better, values, differences }];
    }),
    setup: differingSettings(subjects),
  };
}

function refuseUnlike(subjects: readonly Subject[], differentLoads: boolean): void {
  const [first, ...later] = subjects;
  if (first === undefined || later.length === 0)
    throw new UsageError(
      'TL-COMPARE-COUNT',
      `got ${subjects.length} to compare; allowed are two or more run records or simulations`,
    );
  for (const other of later) {
    if (other.unit !== first.unit)
      throw new UsageError(
        'TL-COMPARE-UNLIKE',
        `${first.name} scales ${first.unit}s and ${other.name} ${other.unit}s: their counts mean different things; compare runs of one kind of compute`,
      );
    if (other.load !== first.load && !differentLoads)
      throw new UsageError(
        'TL-COMPARE-UNLIKE',
        `${first.name} is of ${first.load} and ${other.name} of ${other.load}: their figures differ by the load alone; compare runs of one load, or add --different-loads`,
      );
  }
}

/** Settings that are not the same in all, in the order in which they first come up. */
function differingSettings(subjects: readonly Subject[]): Comparison['setup'] {
  const names = [...new Set(subjects.flatMap(({ setup }) => Object.keys(setup)))];
  // A simulation does not hold its description: what it does not say is no difference.
  const described = subjects.filter(({ record }) => record !== null).length;
  return names
    .map((name) => ({ name, values: subjects.map(({ setup }) => setup[name] ?? null) }))
    .filter(({ values }) => {
      const known = values.filter((value) => value !== null);
      return new Set(known).size > 1 || (known.length > 0 && known.length < described);
    });
}
