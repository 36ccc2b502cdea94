import type { Estimate } from '../estimate.ts';
import { type LineItem, roundUsd } from '../line-item.ts';
import { type Reference, references } from './references.ts';

/** An item of the published table beside ours. */
interface ComparedItem {
  readonly name: string;
  readonly referenceUsd: number;
  readonly ourUsd: number;
  readonly reason: string;
}

/** What the published table has no item for. */
interface LeftOutItem {
  readonly reason: string;
  readonly resources: readonly string[];
  readonly ourUsd: number;
}

export interface Comparison {
  readonly items: readonly ComparedItem[];
  /** Sums over the items that both have. */
  readonly referenceUsd: number;
  readonly comparableUsd: number;
  readonly leftOut: readonly LeftOutItem[];
  readonly leftOutUsd: number;
  readonly savingPercent: number;
  readonly fixedUnits: number;
}

/** The minimum of a preset beside the table published for its system; null where there is none. */
export function compareReference(preset: string, minimum: Estimate): Comparison | null {
  const reference = Object.hasOwn(references, preset) ? references[preset] : undefined;
  if (reference === undefined) return null;
  const compared = new Set(reference.items.flatMap(({ lineIds }) => lineIds));
  const items = reference.items.map(({ name, monthlyUsd, lineIds, reason }) => ({
    name,
    referenceUsd: monthlyUsd,
    ourUsd: sum(minimum.lines.filter(({ id }) => lineIds.includes(id))),
    reason,
  }));
  const leftOut = leftOutItems(
    minimum.lines.filter(({ id }) => !compared.has(id)),
    reference,
  );
  return {
    items,
    referenceUsd: roundUsd(items.reduce((total, { referenceUsd }) => total + referenceUsd, 0)),
    comparableUsd: roundUsd(items.reduce((total, { ourUsd }) => total + ourUsd, 0)),
    leftOut,
    leftOutUsd: roundUsd(leftOut.reduce((total, { ourUsd }) => total + ourUsd, 0)),
    savingPercent: reference.savingPercent,
    fixedUnits: reference.fixedUnits,
  };
}

function leftOutItems(lines: readonly LineItem[], { leftOut }: Reference): readonly LeftOutItem[] {
  const byReason = new Map<string, LineItem[]>();
  for (const line of lines) {
    const reason = reasonFor(line.id, leftOut);
    byReason.set(reason, [...(byReason.get(reason) ?? []), line]);
  }
  return [...byReason]
    .map(([reason, its]) => ({ reason, resources: namesOf(its), ourUsd: sum(its) }))
    .filter(({ ourUsd }) => ourUsd > 0)
    .sort((one, other) => other.ourUsd - one.ourUsd);
}

/** Those that can be seen; what costs less than half a cent hides behind them. */
function namesOf(lines: readonly LineItem[]): readonly string[] {
  const seen = lines.filter(({ monthlyUsd }) => monthlyUsd >= 0.005);
  return (seen.length === 0 ? lines : seen).map(({ resource }) => resource);
}

function reasonFor(id: string, leftOut: Reference['leftOut']): string {
  const [longest] = Object.keys(leftOut)
    .filter((beginning) => id.startsWith(beginning))
    .sort((one, other) => other.length - one.length);
  const reason = longest === undefined ? undefined : leftOut[longest];
  if (reason === undefined) throw new Error(`references.ts gives no reason for the line ${id}`);
  return reason;
}

const sum = (lines: readonly LineItem[]): number =>
  roundUsd(lines.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0));
