import { type PlannedDifference } from './planned-differences.ts';

/** A difference of the second plan that only the emulator causes. */
export interface KnownGap {
  readonly resourceType: string;
  readonly attribute: string;
  readonly reason: string;
}

/**
 * What no repair of the gateway closes. The end-to-end test fails on every difference that is not listed here, and on
 * every entry that no longer occurs.
 */
export const knownGaps: readonly KnownGap[] = [];

export interface GapFindings {
  /** Differences that no entry explains. */
  readonly unexplained: readonly PlannedDifference[];
  /** Entries whose resource is deployed and shows no such difference: to be removed from the table. */
  readonly closed: readonly KnownGap[];
}

export function judgeDifferences(
  differences: readonly PlannedDifference[],
  deployedTypes: ReadonlySet<string>,
  gaps: readonly KnownGap[] = knownGaps,
): GapFindings {
  const explains = (gap: KnownGap, { resourceType, attribute }: PlannedDifference): boolean =>
    gap.resourceType === resourceType && gap.attribute === attribute;
  return {
    unexplained: differences.filter((difference) => !gaps.some((gap) => explains(gap, difference))),
    closed: gaps.filter(
      (gap) =>
        deployedTypes.has(gap.resourceType) && !differences.some((difference) => explains(gap, difference)),
    ),
  };
}
