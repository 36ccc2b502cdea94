import { importError } from '../import-error.ts';
import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { convertSuccessCodes } from '../shared/success-codes.ts';
import { type Reader, matching, oneOf, whole } from '../source/readers.ts';
import { SourceNode } from '../source/source-node.ts';

interface Choice {
  /** Answer of describe-target-groups; undefined where it is not given. */
  readonly answer: SourceNode | undefined;
  readonly service: SourceNode;
}

/**
 * The target group of the service: the one that its balancer names, or the only one of the answer. The others are left.
 * @returns a missing node without an answer. @throws UsageError where the answer does not hold it
 */
export function targetGroupOf(draft: ImportDraft, { answer, service }: Choice): SourceNode {
  const named = service.at('loadBalancers', 0, 'targetGroupArn');
  if (answer === undefined) {
    draft.leave(
      named,
      'no answer holds the target group: give it with --target-groups, or set healthCheck and loadBalancer by hand',
    );
    return SourceNode.of(undefined);
  }
  const groups = answer.at('TargetGroups').items;
  const fitting = groups.filter((one) => !named.isPresent || one.at('TargetGroupArn').text === named.text);
  const [group, ...more] = fitting;
  if (group === undefined || more.length > 0)
    throw importError(
      group === undefined ? 'TL-IMPORT-SOURCE' : 'TL-IMPORT-CHOICE',
      `the file of --target-groups has ${fitting.length} target groups that may be meant${named.text === undefined ? '' : ` by ${named.text}`}; it must hold one. Give the answer of aws elbv2 describe-target-groups --target-group-arns with the one of the service`,
    );
  for (const other of groups)
    if (other !== group) draft.leave(other, 'another target group than that of the service');
  const arn = group.at('TargetGroupArn');
  if (named.isPresent) for (const node of [named, arn]) draft.hold(node, 'healthCheck');
  else draft.leave(arn, 'a description makes a target group of its own');
  return group;
}

/** Converts the probe of a target group (ELB API reference, TargetGroup). */
export function convertProbe(draft: ImportDraft, group: SourceNode, port: number): void {
  const path = matching(/^\/\S*$/, 'a path that starts with / and holds no space');
  if (draft.take(group.at('HealthCheckPath'), 'healthCheck.path', path) === undefined)
    draft.choose('healthCheck.path', '/', 'the path that Elastic Load Balancing takes unless told');
  const threshold = whole(2, 10);
  draft.take(group.at('HealthyThresholdCount'), 'healthCheck.healthyThreshold', threshold);
  draft.take(group.at('UnhealthyThresholdCount'), 'healthCheck.unhealthyThreshold', threshold);
  const every = group.at('HealthCheckIntervalSeconds');
  const interval = draft.take(every, 'healthCheck.intervalSeconds', whole(5, 300)) ?? 30;
  const timeout = whole(2, Math.min(120, interval - 1));
  draft.take(group.at('HealthCheckTimeoutSeconds'), 'healthCheck.timeoutSeconds', timeout);
  const asked = group.at('HealthCheckPort');
  if (asked.text === 'traffic-port' || asked.text === String(port)) draft.hold(asked, 'container.port');
  else draft.leave(asked, `the probe asks the container’s port, ${port}`);
  for (const [name, value, otherwise] of sameHere) {
    const node = group.at(name);
    if (node.value === value) draft.hold(node, 'loadBalancer');
    else draft.leave(node, otherwise);
  }
  convertSuccessCodes(draft, group.at('Matcher', 'HttpCode'));
  leaveFields(draft, group, {
    TargetGroupName: 'a description makes a target group of its own',
    Port: 'targets are registered with the port of their container',
    TargetType: 'compute.kind says whether targets are addresses or instances',
    VpcId: 'a description makes its VPC itself (network)',
    LoadBalancerArns: 'a description makes a balancer of its own',
    IpAddressType: 'targets have IPv4 addresses',
    TargetControlPort: 'no target optimizer is described',
  });
}

/** Fields that have one value here, and why another is left. */
const sameHere: readonly (readonly [name: string, value: unknown, otherwise: string])[] = [
  ['HealthCheckEnabled', true, 'targets are always probed'],
  ['HealthCheckProtocol', 'HTTP', 'the probe speaks HTTP'],
  ['Protocol', 'HTTP', 'the balancer speaks HTTP to the targets'],
  ['ProtocolVersion', 'HTTP1', 'the balancer speaks HTTP/1.1 to the targets'],
];

/** Attributes with a field of their own (ELB API reference, TargetGroupAttribute); their values are texts. */
const attributeFields: Readonly<Record<string, { readonly to: string; readonly read: Reader<unknown> }>> = {
  'deregistration_delay.timeout_seconds': {
    to: 'loadBalancer.deregistrationDelaySeconds',
    read: whole(0, 3600),
  },
  'slow_start.duration_seconds': {
    to: 'loadBalancer.slowStartSeconds',
    read: (value) => (value === '0' ? { value: 0 } : whole(30, 900)(value)),
  },
  'load_balancing.algorithm.type': {
    to: 'loadBalancer.algorithm',
    read: oneOf(['round_robin', 'least_outstanding_requests', 'weighted_random']),
  },
  'load_balancing.algorithm.anomaly_mitigation': {
    to: 'loadBalancer.anomalyMitigation',
    read: (value) =>
      value === 'on' || value === 'off' ? { value: value === 'on' } : { allowed: 'on or off' },
  },
};

/** Converts the answer of describe-target-group-attributes: draining, stickiness, slow start and how a target is chosen. */
export function convertAttributes(draft: ImportDraft, answer: SourceNode | undefined): void {
  const attributes = answer?.at('Attributes').items ?? [];
  convertStickiness(draft, attributes);
  for (const one of attributes) {
    if (draft.touches(one)) continue;
    const [key, value] = [one.at('Key'), one.at('Value')];
    const field = attributeFields[key.text ?? ''];
    const read = field?.read(value.value);
    if (field === undefined || read === undefined)
      draft.leave(one, 'a target group has the default of Elastic Load Balancing for it');
    else if ('allowed' in read) draft.leave(one, `${field.to} takes ${read.allowed}`);
    else draft.put(field.to, read.value, key, value);
  }
}

/** Three attributes are one field: whether clients stay with a target, by which cookie, and how long. */
function convertStickiness(draft: ImportDraft, attributes: readonly SourceNode[]): void {
  const to = 'loadBalancer.stickinessSeconds';
  const of = (key: string): SourceNode =>
    attributes.find((one) => one.at('Key').text === key) ?? SourceNode.of(undefined);
  const [enabled, kind, duration] = [
    of('stickiness.enabled'),
    of('stickiness.type'),
    of('stickiness.lb_cookie.duration_seconds'),
  ];
  const isOn = enabled.at('Value').text;
  if (isOn === 'false') {
    draft.put(to, 0, enabled);
    for (const one of [kind, duration]) draft.leave(one, 'clients stay with no target');
    return;
  }
  const read = whole(1, 604_800)(duration.at('Value').value);
  if (isOn === 'true' && kind.at('Value').text === 'lb_cookie' && 'value' in read) {
    draft.put(to, read.value, enabled, kind, duration);
    return;
  }
  for (const one of [enabled, kind, duration])
    draft.leave(one, `${to} takes the balancer’s own cookie (lb_cookie), for 1 to 604800 s`);
}
