import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { oneOf, whole } from '../source/readers.ts';
import { SourceNode } from '../source/source-node.ts';
import { convertAlarm } from './alarm.ts';

const adjustmentTypes = oneOf(['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity']);
const aggregations = oneOf(['Average', 'Minimum', 'Maximum']);
const nothing = SourceNode.of(undefined);

/** Converts a step policy with the alarm that sets it off: a policy here has one alarm of its own. */
export function convertStep(draft: ImportDraft, policy: SourceNode, alarms: SourceNode | undefined): void {
  const settings = policy.at('StepScalingPolicyConfiguration');
  const names = policy.at('Alarms').items.map((one) => one.at('AlarmName').text);
  const own = (alarms?.items ?? []).filter((alarm) => names.includes(alarm.at('AlarmName').text));
  if (own.length === 0) {
    draft.leave(
      policy,
      'a step policy needs the alarm that sets it off, which no answer holds. Add it with --alarms: aws cloudwatch describe-alarms',
    );
    return;
  }
  const type = adjustmentTypes(settings.at('AdjustmentType').value);
  const steps = settings.at('StepAdjustments').items;
  const isWhole = steps.every(
    (one) => 'value' in whole(-100_000, 100_000)(one.at('ScalingAdjustment').value),
  );
  if ('allowed' in type || steps.length === 0 || steps.length > 20 || !isWhole) {
    draft.leave(policy, 'a step policy takes an AdjustmentType and 1 to 20 steps of whole numbers');
    return;
  }
  for (const alarm of own) {
    const converted = convertAlarm(draft, alarm);
    if (converted === undefined) continue;
    const { factor, ...watched } = converted;
    const bound = (node: SourceNode): number | null =>
      typeof node.value === 'number' ? node.value * factor : null;
    const cooldown = whole(0, 3600)(settings.at('Cooldown').value);
    const aggregation = aggregations(settings.at('MetricAggregationType').value);
    const least = whole(0, 5000)(settings.at('MinAdjustmentMagnitude').value);
    draft.putPolicy(
      {
        type: 'step',
        name: policy.at('PolicyName').text ?? 'step',
        ...watched,
        adjustmentType: type.value,
        steps: steps.map((one) => ({
          lowerBound: bound(one.at('MetricIntervalLowerBound')),
          upperBound: bound(one.at('MetricIntervalUpperBound')),
          adjustment: one.at('ScalingAdjustment').value,
        })),
        ...('value' in least ? { minAdjustmentMagnitude: least.value } : {}),
        ...('value' in aggregation ? { aggregation: aggregation.value } : {}),
        ...('value' in cooldown ? { cooldownSeconds: cooldown.value } : {}),
      },
      policy.at('PolicyName'),
      policy.at('PolicyType'),
      settings.at('AdjustmentType'),
      settings.at('StepAdjustments'),
      'value' in least ? settings.at('MinAdjustmentMagnitude') : nothing,
      'value' in aggregation ? settings.at('MetricAggregationType') : nothing,
      'value' in cooldown ? settings.at('Cooldown') : nothing,
      ...policy
        .at('Alarms')
        .items.map((one) => one.at('AlarmName'))
        .filter((node) => node.text === alarm.at('AlarmName').text),
    );
  }
  if (!draft.covers(policy.at('PolicyName'))) {
    draft.leave(policy, 'none of its alarms is carried over');
    return;
  }
  leaveFields(draft, settings, {
    ...(draft.covers(settings.at('Cooldown'))
      ? {}
      : { Cooldown: 'cooldownSeconds takes a whole number from 0 to 3600' }),
  });
  for (const one of policy.at('Alarms').items) {
    draft.leave(one.at('AlarmARN'), 'a description makes an alarm of its own');
    if (!draft.covers(one.at('AlarmName')))
      draft.leave(one.at('AlarmName'), 'no answer holds this alarm. Add it with --alarms');
  }
}
