import { existsSync } from 'node:fs';
import type { ProcessEntry, ProcessSystem } from './process-entry.ts';
import { procSystem } from './proc-system.ts';
import { psSystem } from './ps-system.ts';

/** The system of this machine. */
export const processSystem: ProcessSystem = existsSync('/proc/self/stat') ? procSystem : psSystem;

/** Wall time for which one look at all processes answers for every task that is measured in the same moment. */
const freshMs = 50;

let seen: { readonly table: readonly ProcessEntry[]; readonly atMs: number } | undefined;

/** Every process, a moment ago: enough to measure by. */
export function recentTable(): readonly ProcessEntry[] {
  const nowMs = performance.now();
  if (seen === undefined || nowMs - seen.atMs > freshMs) seen = { table: processSystem.table(), atMs: nowMs };
  return seen.table;
}
