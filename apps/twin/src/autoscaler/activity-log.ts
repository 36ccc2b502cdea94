import type { ScalingActivity } from '@tideline/evidence';
import type { ScalingDecision } from '@tideline/scaling';

/** Scaling activities and what became of them. */
export class ActivityLog {
  readonly #activities: ScalingActivity[] = [];
  readonly #isOfService: boolean;

  /** @param options `scales: 'service'` for activities of Application Auto Scaling, which say what ECS makes of them */
  constructor(options: { readonly scales: 'service' | 'group' } = { scales: 'group' }) {
    this.#isOfService = options.scales === 'service';
  }

  /** @param cloudSeconds the moment of the evaluation that decided */
  add({ policy, outcome, from, to, cause, reason, reasonCode }: ScalingDecision, cloudSeconds: number): void {
    const about = { cloudSeconds, from, to, policy, cause: `${cause}. ${reason}` };
    if (outcome !== 'scaled') {
      const status = outcome === 'failed' ? 'Failed' : 'NotScaled';
      this.#activities.push({ ...about, status, ...(reasonCode === undefined ? {} : { reasonCode }) });
      return;
    }
    // Application Auto Scaling calls an activity overridden when a newer one changed the count first.
    this.#finish(() => 'Overridden');
    this.#activities.push({
      ...about,
      status: 'InProgress',
      ...this.#said(`Successfully set desired count to ${to}. Waiting for change to be fulfilled by ecs.`),
    });
  }

  /** The service has reached this count: the activity that asked for it has succeeded. */
  reached(count: number): void {
    this.#finish((activity) => (activity.to === count ? 'Successful' : undefined));
  }

  all(): readonly ScalingActivity[] {
    return this.#activities;
  }

  #said(statusMessage: string): Pick<ScalingActivity, 'statusMessage'> {
    return this.#isOfService ? { statusMessage } : {};
  }

  #finish(outcome: (activity: ScalingActivity) => ScalingActivity['status'] | undefined): void {
    for (const [index, activity] of this.#activities.entries()) {
      if (activity.status !== 'InProgress') continue;
      const status = outcome(activity);
      if (status === undefined) continue;
      const fulfilled =
        status === 'Successful'
          ? this.#said(
              `Successfully set desired count to ${activity.to}. Change successfully fulfilled by ecs.`,
            )
          : {};
      this.#activities[index] = { ...activity, status, ...fulfilled };
    }
  }
}
