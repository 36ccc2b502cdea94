import type { TargetChooser } from '../balancer/client-connection.ts';
import type { TargetGroupColour } from './traffic-switch.ts';

/** Remembers which group requests went to: a group may have forgotten a target by the time its last request ends. */
export class ChosenTargetGroups {
  readonly #byTarget = new Map<string, TargetGroupColour>();
  #last: TargetGroupColour = 'blue';

  /** The same group, with its choices remembered. */
  watch(colour: TargetGroupColour, group: TargetChooser): TargetChooser {
    return {
      choose: (request) => {
        const target = group.choose(request);
        this.#last = colour;
        if (target !== undefined) this.#byTarget.set(target.id, colour);
        return target;
      },
    };
  }

  /** @param targetId undefined for the request that has just found its group without a target */
  of(targetId: string | undefined): TargetGroupColour {
    return (targetId === undefined ? undefined : this.#byTarget.get(targetId)) ?? this.#last;
  }
}
