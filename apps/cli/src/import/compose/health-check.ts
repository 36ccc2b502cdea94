import type { ImportDraft } from '../list/import-draft.ts';
import { choosePath, putCheckCommand } from '../shared/container-check.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { seconds, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Converts `healthcheck`. Compose has no balancer, so the check inside the container says how often to probe from outside as well. */
export function convertCheck(draft: ImportDraft, check: SourceNode): void {
  const test = check.at('test');
  const isOff = check.at('disable').value === true || test.items[0]?.text === 'NONE' || test.text === 'NONE';
  if (isOff) {
    choosePath(draft, undefined);
    draft.hold(check.at('disable'), 'container.healthCheck');
    for (const node of test.kind === 'list' ? test.items : [test])
      if (node.text === 'NONE') draft.hold(node, 'container.healthCheck');
    for (const [, node] of check.entries)
      if (!draft.covers(node)) draft.leave(node, 'the health check is disabled');
    return;
  }
  draft.hold(check.at('disable'), 'container.healthCheck');
  choosePath(draft, putCheckCommand(draft, test));
  const interval = draft.take(check.at('interval'), 'healthCheck.intervalSeconds', seconds(5, 300)) ?? 30;
  draft.take(check.at('timeout'), 'healthCheck.timeoutSeconds', seconds(2, Math.min(120, interval - 1)));
  draft.take(check.at('retries'), 'healthCheck.unhealthyThreshold', whole(2, 10));
  draft.take(check.at('start_period'), 'healthCheck.gracePeriodSeconds', seconds(0, 2_147_483_647));
  leaveFields(draft, check, { start_interval: 'the check runs as often while a container starts as later' });
  if (check.isPresent) draft.change(check, 'healthCheck holds for the balancer’s probe as well');
}
