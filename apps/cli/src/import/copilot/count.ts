import type { ImportDraft } from '../list/import-draft.ts';
import { chooseFixedCount, putFixedCount, taskCount } from '../shared/fixed-count.ts';
import type { SourceNode } from '../source/source-node.ts';
import { convertTargets } from './targets.ts';

/** Converts `count`: a number of tasks, or bounds and what to follow between them. */
export function convertCount(draft: ImportDraft, count: SourceNode): void {
  if (!count.isPresent) {
    chooseFixedCount(draft, 1);
    return;
  }
  if (count.kind !== 'map') {
    putFixedCount(draft, count);
    return;
  }
  const spot = count.at('spot');
  if (spot.isPresent) {
    putFixedCount(draft, spot);
    draft.change(spot, 'so many tasks run, and on Fargate: no Fargate Spot is described');
    for (const [name, node] of count.entries)
      if (name !== 'spot') draft.leave(node, `${spot.path} sets the number of tasks, and nothing scales`);
    return;
  }
  convertRange(draft, count.at('range'));
  convertTargets(draft, count);
}

function convertRange(draft: ImportDraft, range: SourceNode): void {
  const text = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(range.text ?? '');
  const [min, max] =
    text === null ? [range.at('min').value, range.at('max').value] : [Number(text[1]), Number(text[2])];
  const low = taskCount(min);
  const high = taskCount(max);
  draft.leave(range.at('spot_from'), 'every task runs on Fargate: no Fargate Spot is described');
  if ('allowed' in low || 'allowed' in high || low.value > high.value) {
    draft.leave(
      range.without('spot_from'),
      'capacity takes a minimum and a maximum from 0 to 5000, the first not above the second',
    );
    chooseFixedCount(draft, 1);
    return;
  }
  const from = text === null ? [range.at('min'), range.at('max')] : [range];
  draft.put('capacity', { min: low.value, max: high.value, desired: low.value }, ...from);
}
