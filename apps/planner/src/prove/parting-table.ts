import { type Table, left, right } from '@tideline/report';
import type { ProofDocument } from './proof-schema.ts';

/** A stretch of minutes in which both counts are another: where they part. */
export function partingTable({ agreement: { minutes }, unit }: ProofDocument): Table {
  const rows: { from: number; to: number; predicted: number; measured: number }[] = [];
  for (const { minute, predicted, measured } of minutes) {
    if (predicted === measured) continue;
    const last = rows.at(-1);
    if (last?.to === minute - 1 && last.predicted === predicted && last.measured === measured)
      last.to = minute;
    else rows.push({ from: minute, to: minute, predicted, measured });
  }
  return {
    columns: [left('cloud minutes'), right(`predicted ${unit}s`), right(`measured ${unit}s`)],
    rows: rows.map(({ from, to, predicted, measured }) => [
      from === to ? String(from) : `${from} to ${to}`,
      String(predicted),
      String(measured),
    ]),
  };
}
