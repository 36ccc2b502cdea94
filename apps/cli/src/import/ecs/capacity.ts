import type { ImportDraft } from '../list/import-draft.ts';
import { chooseFixedCount, putFixedCount, taskCount } from '../shared/fixed-count.ts';
import { flag } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';
import { entriesOf } from './sources.ts';

interface Scaled {
  readonly service: SourceNode;
  readonly targets: SourceNode | undefined;
}

/** Converts the bounds of the task count, and the count itself. */
export function convertCapacity(draft: ImportDraft, { service, targets }: Scaled): void {
  const desired = service.at('desiredCount');
  const list = targets?.at('ScalableTargets');
  const [target] = list === undefined ? [] : entriesOf(draft, list, service);
  const min = taskCount(target?.at('MinCapacity').value);
  const max = taskCount(target?.at('MaxCapacity').value);
  if (target === undefined || 'allowed' in min || 'allowed' in max) {
    if (desired.isPresent) putFixedCount(draft, desired);
    else chooseFixedCount(draft, 1);
    return;
  }
  const count = taskCount(desired.value);
  const wanted = 'value' in count ? count.value : min.value;
  const inBounds = Math.max(min.value, Math.min(max.value, wanted));
  const from = [target.at('MinCapacity'), target.at('MaxCapacity'), ...('value' in count ? [desired] : [])];
  draft.put('capacity', { min: min.value, max: max.value, desired: inBounds }, ...from);
  if (inBounds !== wanted)
    draft.change(desired, `capacity.desired is ${inBounds}, inside the bounds of the scalable target`);
  for (const name of [
    'DynamicScalingInSuspended',
    'DynamicScalingOutSuspended',
    'ScheduledScalingSuspended',
  ]) {
    const to = `scaling.suspendedState.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    draft.take(target.at('SuspendedState', name), to, flag);
  }
}
