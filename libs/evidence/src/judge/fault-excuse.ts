import type { FaultCost } from '../record/fault-cost.ts';
import { formatCount } from '../record/quantity.ts';
import type { Failures } from '../record/run-record.ts';

/** What of the failures is the cost of faults on purpose: how many requests, and in words. */
export interface FaultExcuse {
  readonly requests: number;
  /** `12 by task-exit of 1 target (12 http-502)`; empty where nothing was lost on purpose. */
  readonly told: string;
}

/**
 * The failures that faults on purpose account for, kind by kind: never more of a kind than the clients saw. What a target’s own
 * end costs is not among them, since nobody asked for it.
 */
export function faultExcuse({ byKind }: Pick<Failures, 'byKind'>, costs: readonly FaultCost[]): FaultExcuse {
  const left = { ...byKind };
  let requests = 0;
  const told: string[] = [];
  for (const { fault, targets, lost } of costs.filter(({ onPurpose }) => onPurpose)) {
    const kinds: string[] = [];
    let cost = 0;
    for (const [kind, count] of Object.entries(lost)) {
      const excused = Math.min(count, left[kind] ?? 0);
      if (excused === 0) continue;
      left[kind] = (left[kind] ?? 0) - excused;
      cost += excused;
      kinds.push(`${formatCount(excused)} ${kind}`);
    }
    if (cost === 0) continue;
    requests += cost;
    const died = `${formatCount(targets)} ${targets === 1 ? 'target' : 'targets'}`;
    told.push(`${formatCount(cost)} by ${fault} of ${died} (${kinds.join(', ')})`);
  }
  return { requests, told: told.join(', ') };
}
