import type { ImportDraft } from '../list/import-draft.ts';
import { type Reader, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Tasks of one service: what a description takes. */
export const taskCount = whole(0, 5000);

/** The same number of tasks whatever the load: nothing scales. */
export function putFixedCount(draft: ImportDraft, from: SourceNode, read: Reader<number> = taskCount): void {
  const result = read(from.value);
  if ('allowed' in result) {
    draft.leave(from, `capacity takes ${result.allowed}`);
    chooseFixedCount(draft, 1);
    return;
  }
  draft.put('capacity', { min: result.value, max: Math.max(result.value, 1), desired: result.value }, from);
}

export function chooseFixedCount(draft: ImportDraft, count: number): void {
  draft.choose(
    'capacity',
    { min: count, max: count, desired: count },
    'the source says no bounds, so nothing scales. Give min and max room, and scaling.policies a policy',
  );
}
