import type { Clock } from '../clock/clock.ts';
import type { Instance } from './instance.ts';

export interface InstanceWarmupsOptions {
  readonly clock: Clock;
  readonly warmupSeconds: number;
  /** Asks for another reading at this cloud time. */
  readonly wakeAt: (seconds: number) => void;
  /** The instance’s warm-up is over. */
  readonly onWarm: (instance: Instance) => void;
}

/** Which instances of a group are warm: their metrics count. A warm-up begins when the instance is in service. */
export class InstanceWarmups {
  readonly #options: InstanceWarmupsOptions;
  readonly #warm = new Set<string>();

  constructor(options: InstanceWarmupsOptions) {
    this.#options = options;
  }

  isWarm({ id }: Instance): boolean {
    return this.#warm.has(id);
  }

  read(instances: readonly Instance[]): void {
    const { clock, warmupSeconds, wakeAt, onWarm } = this.#options;
    for (const instance of instances) {
      if (instance.inServiceSinceSeconds === undefined || this.isWarm(instance)) continue;
      const warmAtSeconds = instance.inServiceSinceSeconds + warmupSeconds;
      if (clock.now() < warmAtSeconds) {
        wakeAt(warmAtSeconds);
        continue;
      }
      this.#warm.add(instance.id);
      onWarm(instance);
    }
  }

  forget(id: string): void {
    this.#warm.delete(id);
  }
}
