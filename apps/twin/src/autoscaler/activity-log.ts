import type { ScalingActivity } from '@tideline/evidence';
import type { ScalingDecision } from '@tideline/scaling';
import type { Clock } from '../clock/clock.ts';

/** Scaling activities and what became of them. */
export class ActivityLog {
  readonly #clock: Clock;
  readonly #activities: ScalingActivity[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add({ policy, outcome, from, to, cause, reason, reasonCode }: ScalingDecision): void {
    const about = { cloudSeconds: this.#clock.now(), from, to, policy, cause: `${cause}. ${reason}` };
    if (outcome !== 'scaled') {
      const status = outcome === 'failed' ? 'Failed' : 'NotScaled';
      this.#activities.push({ ...about, status, ...(reasonCode === undefined ? {} : { reasonCode }) });
      return;
    }
    // Application Auto Scaling calls an activity overridden when a newer one changed the count first.
    this.#finish(() => 'Overridden');
    this.#activities.push({ ...about, status: 'InProgress' });
  }

  /** The service has reached this count: the activity that asked for it has succeeded. */
  reached(count: number): void {
    this.#finish((activity) => (activity.to === count ? 'Successful' : undefined));
  }

  all(): readonly ScalingActivity[] {
    return this.#activities;
  }

  #finish(outcome: (activity: ScalingActivity) => ScalingActivity['status'] | undefined): void {
    for (const [index, activity] of this.#activities.entries()) {
      if (activity.status !== 'InProgress') continue;
      const status = outcome(activity);
      if (status !== undefined) this.#activities[index] = { ...activity, status };
    }
  }
}
