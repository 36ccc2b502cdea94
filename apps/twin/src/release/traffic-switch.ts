import type { RequestHead } from '../balancer/http/request-head.ts';
import type { Target, TargetChooser } from '../balancer/targets/target.ts';

/** The two target groups, which take turns at production. */
export type TargetGroupColour = 'blue' | 'green';

/** Percent of the requests that each group gets; together 100. */
export type Weights = Readonly<Record<TargetGroupColour, number>>;

export const otherColour = (colour: TargetGroupColour): TargetGroupColour =>
  colour === 'blue' ? 'green' : 'blue';

/** Weights that give `percent` to one group, and the rest to the other. */
export const weightsFor = (colour: TargetGroupColour, percent: number): Weights =>
  colour === 'blue' ? { blue: percent, green: 100 - percent } : { blue: 100 - percent, green: percent };

/**
 * The forward action of the production listener: each request goes to a group by chance, as the weights have it. A cookie of the
 * balancer counts within the group that chance has chosen (stickiness of target groups; the listener’s own is off).
 */
export class TrafficSwitch implements TargetChooser {
  readonly #groups: Readonly<Record<TargetGroupColour, TargetChooser>>;
  readonly #random: () => number;
  #weights: Weights = { blue: 100, green: 0 };

  /** @param options.random from 0 to below 1 */
  constructor(options: {
    readonly groups: Readonly<Record<TargetGroupColour, TargetChooser>>;
    readonly random: () => number;
  }) {
    this.#groups = options.groups;
    this.#random = options.random;
  }

  get weights(): Weights {
    return this.#weights;
  }

  /** Applies to the requests that come from now on. */
  shift(weights: Weights): void {
    this.#weights = weights;
  }

  choose(request: RequestHead): Target | undefined {
    const { blue } = this.#weights;
    return this.#groups[this.#random() * 100 < blue ? 'blue' : 'green'].choose(request);
  }
}

/** Remembers which group requests went to: a group may have forgotten a target by the time its last request ends. */
export class ChosenTargetGroups {
  readonly #byTarget = new Map<string, TargetGroupColour>();
  #last: TargetGroupColour = 'blue';

  /** The same group, with its choices remembered. */
  watch(colour: TargetGroupColour, chooser: TargetChooser): TargetChooser {
    return {
      choose: (request) => {
        const target = chooser.choose(request);
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
