import type { TargetChooser } from '../balancer/client-connection.ts';
import type { GroupColour } from './traffic-switch.ts';

/** Remembers which group requests went to: a group may have forgotten a target by the time its last request ends. */
export class ChosenGroups {
  readonly #byTarget = new Map<string, GroupColour>();
  #last: GroupColour = 'blue';

  /** The same group, with its choices remembered. */
  watch(colour: GroupColour, group: TargetChooser): TargetChooser {
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
  of(targetId: string | undefined): GroupColour {
    return (targetId === undefined ? undefined : this.#byTarget.get(targetId)) ?? this.#last;
  }
}
