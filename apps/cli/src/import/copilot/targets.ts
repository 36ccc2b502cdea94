import type { ImportDraft } from '../list/import-draft.ts';
import { type Reader, durationSeconds, seconds, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Cooldowns of Copilot’s policies where a manifest is silent (its CloudFormation template for scaling). */
const copilotCooldowns = { in: 120, out: 60 };
const cooldownSeconds = seconds(0, 3600);

interface Target {
  readonly field: string;
  readonly name: string;
  readonly read: Reader<number>;
  readonly metric: (value: number) => object;
}

const milliseconds: Reader<number> = (value) => {
  const total = durationSeconds(value);
  return total !== undefined && total > 0 && total <= 60
    ? { value: Math.round(total * 1000) }
    : { allowed: 'a duration above 0, up to 60s' };
};

/** Every metric that Copilot follows. Its `requests` are RequestCountPerTarget, summed over a minute. */
const targets: readonly Target[] = [
  {
    field: 'cpu_percentage',
    name: 'cpu',
    read: whole(1, 100),
    metric: (targetPercent) => ({ kind: 'cpu', targetPercent }),
  },
  {
    field: 'memory_percentage',
    name: 'memory',
    read: whole(1, 100),
    metric: (targetPercent) => ({ kind: 'memory', targetPercent }),
  },
  {
    field: 'requests',
    name: 'requests-per-target',
    read: whole(1, 1_000_000_000),
    metric: (requestsPerTargetPerMinute) => ({ kind: 'requests-per-target', requestsPerTargetPerMinute }),
  },
  {
    field: 'response_time',
    name: 'response-time',
    read: milliseconds,
    metric: (targetMilliseconds) => ({ kind: 'response-time', targetMilliseconds, statistic: 'Average' }),
  },
];

/** Converts the metrics that `count` follows, each to a policy with its cooldowns. */
export function convertTargets(draft: ImportDraft, count: SourceNode): void {
  const cooldowns = targets.flatMap((target) => convertTarget(draft, count, target));
  if (cooldowns.length > 0)
    draft.note(
      'scaling.policies',
      `where the manifest has no cooldown, Copilot’s: ${copilotCooldowns.in} s in, ${copilotCooldowns.out} s out`,
    );
  for (const direction of ['in', 'out'] as const) {
    const node = count.at('cooldown', direction);
    if (!draft.covers(node)) draft.leave(node, 'no metric of the manifest is without a cooldown of its own');
  }
}

/** @returns the directions in which Copilot’s own cooldown holds */
function convertTarget(draft: ImportDraft, count: SourceNode, target: Target): readonly string[] {
  const field = count.at(target.field);
  const node = field.kind === 'map' ? field.at('value') : field;
  if (!node.isPresent) return [];
  const result = target.read(node.value);
  if ('allowed' in result) {
    draft.leave(field, `the target of a policy takes ${result.allowed}`);
    return [];
  }
  const missing: string[] = [];
  const from = [node];
  const cooldown = (direction: 'in' | 'out'): number => {
    const own = field.at('cooldown', direction);
    const source = own.isPresent ? own : count.at('cooldown', direction);
    if (!source.isPresent) missing.push(direction);
    else {
      const read = cooldownSeconds(source.value);
      if ('value' in read) {
        from.push(source);
        return read.value;
      }
      draft.leave(source, `a cooldown takes ${read.allowed}`);
    }
    return copilotCooldowns[direction];
  };
  const policy = {
    type: 'target-tracking',
    name: target.name,
    metric: target.metric(result.value),
    scaleInCooldownSeconds: cooldown('in'),
    scaleOutCooldownSeconds: cooldown('out'),
  };
  draft.putPolicy(policy, ...from);
  return missing;
}
