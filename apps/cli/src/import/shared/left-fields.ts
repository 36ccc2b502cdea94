import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Leaves the fields of a map that have a reason of their own, by name; those of which something has been said stay as they are. */
export function leaveFields(
  draft: ImportDraft,
  node: SourceNode,
  reasons: Readonly<Record<string, string>>,
): void {
  for (const [name, reason] of Object.entries(reasons)) {
    const field = node.at(name);
    if (!draft.covers(field)) draft.leave(field, reason);
  }
}
