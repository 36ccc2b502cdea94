import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

/** A target group here counts 200 as healthy, or all from 200 to 499. Comes after the command of a check inside the container. */
export function convertSuccessCodes(draft: ImportDraft, codes: SourceNode): void {
  if (!codes.isPresent) return;
  const text = String(codes.value);
  if (text === '200') {
    draft.hold(codes, 'container.healthCheck');
    return;
  }
  if (text !== '200-499')
    draft.change(
      codes,
      'any answer from 200 to 499 counts as healthy: a description has that, or 200 alone (container.healthCheck.kind http)',
    );
  const command = draft.sourceOf('container.healthCheck');
  draft.leave(command, `with a command 200 alone would count as healthy, and ${codes.path} has others`);
  draft.put('container.healthCheck', { kind: 'none' }, codes);
}
