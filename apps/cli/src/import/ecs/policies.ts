import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';
import { entriesOf } from './sources.ts';
import { convertStep } from './step.ts';
import { convertTracking } from './tracking.ts';

interface Policies {
  readonly service: SourceNode;
  readonly policies: SourceNode | undefined;
  readonly alarms: SourceNode | undefined;
}

/** Converts the scaling policies of the service. */
export function convertPolicies(draft: ImportDraft, { service, policies, alarms }: Policies): void {
  const list = policies?.at('ScalingPolicies');
  for (const policy of list === undefined ? [] : entriesOf(draft, list, service)) {
    const type = policy.at('PolicyType');
    if (type.text === 'TargetTrackingScaling') convertTracking(draft, policy);
    else if (type.text === 'StepScaling') convertStep(draft, policy, alarms?.at('MetricAlarms'));
    else
      draft.leave(
        policy,
        'the stacks have no predictive policy of a service; the twin and the simulator run one that you add by hand',
      );
  }
  for (const alarm of alarms?.at('MetricAlarms').items ?? [])
    if (!draft.touches(alarm)) draft.leave(alarm, 'no step policy of the service has this alarm');
}
