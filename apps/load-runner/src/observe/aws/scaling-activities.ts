import type { ScalingActivity as AwsActivity } from '@aws-sdk/client-application-auto-scaling';
import type { ScalingActivity } from '@tideline/evidence';
import { byStart } from './reads/aws-reads.ts';

/** Desired counts over time, each from when it was known. */
export class DesiredHistory {
  readonly #points: { readonly atMs: number; readonly count: number }[];

  constructor(points: Iterable<{ readonly atMs: number; readonly count: number }> = []) {
    this.#points = [...points];
  }

  /** Takes a count that differs from the one known then; times may come in any order. */
  add(atMs: number, count: number): void {
    const index = this.#points.findLastIndex((point) => point.atMs <= atMs);
    if (this.#points[index]?.count !== count) this.#points.splice(index + 1, 0, { atMs, count });
  }

  /** The count just before a moment; undefined when nothing is known so far back. */
  before(atMs: number): number | undefined {
    return this.#points.findLast((point) => point.atMs < atMs)?.count;
  }

  copy(): DesiredHistory {
    return new DesiredHistory(this.#points);
  }
}

/** A scheduled action moves the bounds; the capacity follows in an activity of its own, at once. */
const scheduleFollowsMs = 60_000;

/**
 * Activities as Application Auto Scaling lists them, newest first, put in order and into the shape of evidence.
 * @param toCloudSeconds cloud time of a moment of AWS’s clock.
 * @param desired what was seen of the desired count; the count before an activity is not part of AWS’s answer.
 */
export function scalingActivities(
  listed: readonly AwsActivity[],
  {
    toCloudSeconds,
    desired,
  }: { readonly toCloudSeconds: (at: Date) => number; readonly desired: DesiredHistory },
): ScalingActivity[] {
  const known = desired.copy();
  let scheduled: { readonly name: string; readonly atMs: number } | undefined;
  return byStart(listed).map(({ activity, start }) => {
    const atMs = start.getTime();
    const cause = activity.Cause ?? '';
    const action = /scheduled action name (\S+) was triggered/.exec(cause)?.[1];
    if (action !== undefined) scheduled = { name: action, atMs };
    const asked = /^Setting desired count to (\d+)/.exec(activity.Description ?? '')?.[1];
    const reason = activity.NotScaledReasons?.[0];
    const to = asked === undefined ? undefined : Number(asked);
    const from = known.before(atMs) ?? reason?.CurrentCapacity ?? reasonBound(reason) ?? to ?? 0;
    if (to !== undefined && (activity.StatusCode === 'Successful' || activity.StatusCode === 'InProgress'))
      known.add(atMs, to);
    const follows = scheduled !== undefined && atMs - scheduled.atMs <= scheduleFollowsMs;
    return {
      cloudSeconds: toCloudSeconds(start),
      from,
      to: reason === undefined ? (to ?? from) : from,
      policy:
        /triggered policy (\S+)/.exec(cause)?.[1] ??
        action ??
        (follows ? scheduled?.name : undefined) ??
        'bounds of capacity',
      cause,
      status: reason === undefined ? (activity.StatusCode ?? 'Pending') : 'NotScaled',
      ...(isReasonCode(reason?.Code) ? { reasonCode: reason.Code } : {}),
    };
  });
}

/** “Already at the maximum of 4” says that there are 4. */
const reasonBound = (reason: NonNullable<AwsActivity['NotScaledReasons']>[number] | undefined) =>
  reason?.MaxCapacity ?? reason?.MinCapacity;

const reasonCodes = [
  'AutoScalingAnticipatedFlapping',
  'TargetServicePutResourceAsUnscalable',
  'AlreadyAtMaxCapacity',
  'AlreadyAtMinCapacity',
  'AlreadyAtDesiredCapacity',
] as const satisfies readonly NonNullable<ScalingActivity['reasonCode']>[];

const isReasonCode = (code: string | undefined): code is (typeof reasonCodes)[number] =>
  reasonCodes.some((known) => known === code);
