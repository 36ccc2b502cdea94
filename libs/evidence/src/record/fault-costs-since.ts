import type { FaultCost } from './fault-cost.ts';

/** What faults have cost between two observations; those that cost nothing in between are left out. */
export function faultCostsSince(earlier: readonly FaultCost[], later: readonly FaultCost[]): FaultCost[] {
  return later.flatMap(({ fault, onPurpose, targets, lost }) => {
    const before = earlier.find((cost) => cost.fault === fault && cost.onPurpose === onPurpose);
    const difference: FaultCost = {
      fault,
      onPurpose,
      targets: targets - (before?.targets ?? 0),
      lost: Object.fromEntries(
        Object.entries(lost)
          .map(([kind, count]) => [kind, count - (before?.lost[kind] ?? 0)] as const)
          .filter(([, count]) => count > 0),
      ),
    };
    return difference.targets > 0 || Object.keys(difference.lost).length > 0 ? [difference] : [];
  });
}
