import type { ImportDraft } from '../list/import-draft.ts';
import { whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Carries the capabilities that a container loses over: Docker’s names, with CAP_ or without. */
export function putDropped(draft: ImportDraft, drop: SourceNode): void {
  if (drop.items.length === 0) return;
  const names = drop.items.map((node) => (node.text ?? '').replace(/^CAP_/, ''));
  if (names.every((name) => /^[A-Z][A-Z_]{1,40}$/.test(name)) && names.length <= 50)
    draft.put('container.linux.dropCapabilities', names, drop);
  else draft.leave(drop, 'container.linux.dropCapabilities takes up to 50 names such as ALL or NET_RAW');
}

/** One number is the soft and the hard limit of open files in a description. */
export function putOpenFiles(draft: ImportDraft, soft: SourceNode, hard: SourceNode): void {
  const to = 'container.linux.openFiles';
  const files = draft.take(soft, to, whole(1024, 1_048_576));
  if (files !== undefined && String(hard.value) === String(files)) draft.hold(hard, to);
  else draft.leave(hard, `${to} is the soft limit and the hard one`);
}
