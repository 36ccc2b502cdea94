import type { ImportDraft } from '../list/import-draft.ts';
import { taskCount } from '../shared/fixed-count.ts';
import type { SourceNode } from '../source/source-node.ts';
import { entriesOf } from './sources.ts';

/** Converts scheduled actions: bounds of the task count at given times. */
export function convertSchedules(
  draft: ImportDraft,
  answer: SourceNode | undefined,
  service: SourceNode,
): void {
  const list = answer?.at('ScheduledActions');
  for (const action of list === undefined ? [] : entriesOf(draft, list, service)) {
    const bound = (name: string): { readonly value: number | null; readonly from: readonly SourceNode[] } => {
      const node = action.at('ScalableTargetAction', name);
      const read = taskCount(node.value);
      return 'value' in read ? { value: read.value, from: [node] } : { value: null, from: [] };
    };
    const [min, max] = [bound('MinCapacity'), bound('MaxCapacity')];
    const schedule = action.at('Schedule');
    if (
      schedule.text === undefined ||
      !/^(at|rate|cron)\(.+\)$/.test(schedule.text) ||
      (min.value === max.value && min.value === null)
    ) {
      draft.leave(
        action,
        'a scheduled action takes at(...), rate(...) or cron(...), and a bound from 0 to 5000',
      );
      continue;
    }
    const zone = action.at('Timezone');
    draft.putPolicy(
      {
        type: 'scheduled',
        name: action.at('ScheduledActionName').text ?? 'scheduled',
        schedule: schedule.text,
        ...(zone.text === undefined ? {} : { timeZone: zone.text }),
        minCapacity: min.value,
        maxCapacity: max.value,
      },
      ...[action.at('ScheduledActionName'), schedule, zone, ...min.from, ...max.from],
    );
    for (const name of ['StartTime', 'EndTime'])
      draft.leave(action.at(name), 'a scheduled action holds from the deployment until it is removed');
  }
}
