import type { ImportDraft } from '../list/import-draft.ts';
import { chooseFixedCount, putFixedCount, taskCount } from '../shared/fixed-count.ts';
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
