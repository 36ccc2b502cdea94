import type { ScalingActivity } from '../record/observation.ts';
import type { TimelinePoint } from '../record/run-record.ts';

export type PhaseName = 'before-scale-out' | 'during-scale-out' | 'after-scale-out' | 'steady';

/** A stretch of the load to be judged apart; the upper bound is exclusive. */
export interface PhaseWindow {
  readonly name: PhaseName;
  readonly fromCloudSeconds: number;
  readonly toCloudSeconds: number;
}

/** Activities that changed the desired count: the others were refused, or never began. */
const changedDesired = ({ status }: ScalingActivity): boolean =>
  status === 'Successful' || status === 'InProgress' || status === 'Overridden' || status === 'Unfulfilled';

/** The activity raised the desired count. */
export const isScaleOut = (activity: ScalingActivity): boolean =>
  activity.to > activity.from && changedDesired(activity);

/** The activity lowered the desired count. */
export const isScaleIn = (activity: ScalingActivity): boolean =>
  activity.to < activity.from && changedDesired(activity);

/**
 * Cuts the load where clients may notice a difference: before the first scale-out within the load,
 * during (until the highest count asked for is both running and healthy), and after.
 * The windows cover the load without gap or overlap, in order; an empty one is left out.
 * A single `steady` window when nothing was scaled out during the load: a scale-out ahead of it is not its doing.
 *
 * @throws RangeError when the load ends before it starts.
 */
export function scaleOutWindows(run: {
  readonly load: { readonly fromCloudSeconds: number; readonly toCloudSeconds: number };
  readonly timeline: readonly TimelinePoint[];
  readonly activities: readonly ScalingActivity[];
}): readonly PhaseWindow[] {
  const { fromCloudSeconds: from, toCloudSeconds: to } = run.load;
  if (!(to >= from)) {
    throw new RangeError(`the load must not end before it starts: it runs from ${from} s to ${to} s`);
  }
  const scaleOuts = run.activities.filter(
    (activity) => isScaleOut(activity) && activity.cloudSeconds >= from && activity.cloudSeconds < to,
  );
  if (scaleOuts.length === 0) return [{ name: 'steady', fromCloudSeconds: from, toCloudSeconds: to }];

  const started = Math.min(...scaleOuts.map(({ cloudSeconds }) => cloudSeconds));
  const peak = Math.max(...scaleOuts.map((activity) => activity.to));
  const settled = run.timeline
    .filter((point) => point.cloudSeconds >= started && point.running >= peak && point.healthy >= peak)
    .reduce((earliest, { cloudSeconds }) => Math.min(earliest, cloudSeconds), to);
  const windows: readonly PhaseWindow[] = [
    { name: 'before-scale-out', fromCloudSeconds: from, toCloudSeconds: started },
    { name: 'during-scale-out', fromCloudSeconds: started, toCloudSeconds: settled },
    { name: 'after-scale-out', fromCloudSeconds: settled, toCloudSeconds: to },
  ];
  return windows.filter((window) => window.toCloudSeconds > window.fromCloudSeconds);
}
