import { type RunRecord, type ScalingActivity, capacityNoun } from '@tideline/evidence';
import { formatCloudTime } from './cloud-time.ts';
import { type Table, left, right } from './table.ts';

/** One or more alike activities in a row, numbered as the charts mark them. */
export interface NumberedActivity {
  readonly number: number;
  readonly activity: ScalingActivity;
  /** How often it was repeated unchanged; only refusals repeat. */
  readonly times: number;
  readonly lastCloudSeconds: number;
}

/** Alarms fire every minute while they last: a repeated refusal is listed once. */
export function numberedActivities(activities: readonly ScalingActivity[]): readonly NumberedActivity[] {
  const told: NumberedActivity[] = [];
  for (const activity of activities) {
    const last = told.at(-1);
    if (last !== undefined && sameRefusal(last.activity, activity)) {
      told[told.length - 1] = { ...last, times: last.times + 1, lastCloudSeconds: activity.cloudSeconds };
    } else {
      told.push({
        number: told.length + 1,
        activity,
        times: 1,
        lastCloudSeconds: activity.cloudSeconds,
      });
    }
  }
  return told;
}

export const activityTable = ({ scaling }: RunRecord): Table => ({
  columns: [
    right('#'),
    right('time'),
    left(capacityNoun({ scaling })),
    left('policy'),
    left('outcome'),
    left('cause'),
  ],
  rows: numberedActivities(scaling.activities).map(({ number, activity, times, lastCloudSeconds }) => [
    String(number),
    formatCloudTime(activity.cloudSeconds),
    `${activity.from} → ${activity.to}`,
    activity.policy,
    activity.reasonCode ?? activity.status,
    [
      [activity.cause, ...(activity.statusMessage === undefined ? [] : [activity.statusMessage])].join('. '),
      ...(times === 1 ? [] : [`(${times} times until ${formatCloudTime(lastCloudSeconds)})`]),
    ].join(' '),
  ]),
});

const sameRefusal = (one: ScalingActivity, other: ScalingActivity): boolean =>
  one.status === 'NotScaled' &&
  other.status === 'NotScaled' &&
  one.policy === other.policy &&
  one.reasonCode === other.reasonCode &&
  one.from === other.from;

/** What AWS’s services said of each step, in their own sentences. */
export const eventTable = ({ scaling }: RunRecord): Table => ({
  columns: [right('time'), left('event')],
  rows: scaling.events.map(({ cloudSeconds, message }) => [formatCloudTime(cloudSeconds), message]),
});
