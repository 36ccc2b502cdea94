import type { Activity } from '@aws-sdk/client-auto-scaling';
import type { ScalingActivity, ServiceEvent } from '@tideline/evidence';
import { byStart } from './reads/aws-reads.ts';

interface Moments {
  readonly toCloudSeconds: (at: Date) => number;
}

/** What EC2 Auto Scaling writes where the desired capacity itself was moved, and not only kept up. */
const moved = /changing the desired capacity from (\d+) to (\d+)/;

/**
 * Moves of the desired capacity, in order. EC2 Auto Scaling lists an activity per instance: those that one move led to
 * repeat its sentence and its moment, and count once. Activities that keep a capacity up are events, not moves.
 */
export function groupActivities(listed: readonly Activity[], { toCloudSeconds }: Moments): ScalingActivity[] {
  const moves = new Map<string, ScalingActivity>();
  for (const { activity, start } of byStart(listed)) {
    const cause = activity.Cause ?? '';
    const move = /At (\S+?Z) (.*?changing the desired capacity from \d+ to \d+)\./.exec(cause);
    const [, from, to] = moved.exec(cause) ?? [];
    if (from === undefined || to === undefined) continue;
    const at = move?.[1] === undefined ? start : new Date(move[1]);
    const sentence = move?.[2] ?? cause;
    const key = `${at.getTime()} ${sentence}`;
    const known = moves.get(key);
    // A move has succeeded once all its instances have.
    if (known !== undefined && known.status !== 'Successful') continue;
    moves.set(key, {
      cloudSeconds: toCloudSeconds(at),
      from: Number(from),
      to: Number(to),
      policy:
        /triggered policy (\S+)/.exec(sentence)?.[1] ??
        /scheduled action (\S+)/.exec(sentence)?.[1] ??
        'bounds of capacity',
      cause: sentence,
      status: status(activity.StatusCode),
    });
  }
  return [...moves.values()];
}

/** What happened to instances, oldest first, as EC2 Auto Scaling describes it. */
export const groupEvents = (listed: readonly Activity[], { toCloudSeconds }: Moments): ServiceEvent[] =>
  byStart(listed).map(({ activity, start }) => ({
    cloudSeconds: toCloudSeconds(start),
    message: activity.Description ?? '',
  }));

/** EC2 Auto Scaling has more stages of an instance’s launch than evidence. */
function status(code: Activity['StatusCode']): ScalingActivity['status'] {
  if (code === 'Successful' || code === 'Failed') return code;
  return code === 'Cancelled' ? 'Overridden' : 'InProgress';
}
