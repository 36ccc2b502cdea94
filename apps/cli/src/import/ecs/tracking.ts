import type { ImportDraft } from '../list/import-draft.ts';
import { flag, positive, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';
import { describedMetric, namedMetric, predefinedMetrics } from './metric.ts';

/** Application Auto Scaling’s default for ECS services, both ways. */
const defaultCooldownSeconds = 300;
const cooldownRange = whole(0, 3600);

/** Converts a target-tracking policy. */
export function convertTracking(draft: ImportDraft, policy: SourceNode): void {
  const settings = policy.at('TargetTrackingScalingPolicyConfiguration');
  const predefined = settings.at('PredefinedMetricSpecification');
  const custom = settings.at('CustomizedMetricSpecification');
  const type = predefined.at('PredefinedMetricType');
  const metric = type.text === undefined ? namedMetric(custom) : predefinedMetrics[type.text];
  if (metric === undefined) {
    draft.leave(policy, 'its metric is computed from several, or is one that a description does not know');
    return;
  }
  const target = settings.at('TargetValue');
  const known = describedMetric(metric);
  const value = positive(known.target.most)(target.value);
  if ('allowed' in value) {
    draft.leave(policy, `the target of a policy takes ${value.allowed}`);
    return;
  }
  const described = { ...known.metric, [known.target.field]: value.value * known.factor };
  // Step policies have no such field, and may follow what another policy tracks.
  if (draft.policies.some((one) => 'scaleInEnabled' in one && sameMetric(one.metric, described))) {
    draft.leave(policy, 'another policy of the service tracks the same metric, and AWS accepts one');
    return;
  }
  const from = [policy.at('PolicyName'), policy.at('PolicyType'), target];
  const cooldown = (name: string): number => {
    const node = settings.at(name);
    const read = cooldownRange(node.value);
    if ('value' in read) from.push(node);
    else draft.leave(node, `a cooldown takes ${read.allowed}`);
    return 'value' in read ? read.value : defaultCooldownSeconds;
  };
  const disabled = settings.at('DisableScaleIn');
  if ('value' in flag(disabled.value)) from.push(disabled);
  const result = {
    type: 'target-tracking',
    name: policy.at('PolicyName').text ?? 'target-tracking',
    metric: described,
    scaleOutCooldownSeconds: cooldown('ScaleOutCooldown'),
    scaleInCooldownSeconds: cooldown('ScaleInCooldown'),
    scaleInEnabled: disabled.value !== true,
  };
  from.push(
    ...(type.isPresent ? [type] : [custom.at('Namespace'), custom.at('MetricName'), custom.at('Statistic')]),
  );
  if (!known.isOwn) from.push(custom.at('Dimensions'));
  draft.putPolicy(result, ...from);
  draft.leave(predefined.at('ResourceLabel'), 'the policy follows the target group of the environment');
  if (known.isOwn)
    draft.leave(custom.at('Dimensions'), 'the policy follows the metric of the environment’s own service');
  draft.leave(custom.at('Unit'), 'a description’s metric has the unit that it is published with');
  draft.leave(
    policy.at('Alarms'),
    'Application Auto Scaling makes the alarms of a target-tracking policy itself',
  );
}

/** Whether two policies would track one metric. */
function sameMetric(left: unknown, right: Readonly<Record<string, unknown>>): boolean {
  const identity = (metric: Readonly<Record<string, unknown>>): string =>
    JSON.stringify([metric.kind, metric.namespace, metric.metricName, metric.dimensions, metric.statistic]);
  return identity(left as Readonly<Record<string, unknown>>) === identity(right);
}
