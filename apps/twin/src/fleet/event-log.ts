import type { ServiceEvent } from '@tideline/evidence';
import type { Clock } from '../clock/clock.ts';

/** The events of a service or a group, worded as AWS words them. */
export class EventLog {
  readonly #clock: Clock;
  readonly #subject: string;
  readonly #events: ServiceEvent[] = [];
  readonly #listener: (event: ServiceEvent) => void;

  constructor(options: {
    readonly clock: Clock;
    /** What the events are about, such as `service tideline-dev-api`. */
    readonly subject: string;
    readonly onEvent?: (event: ServiceEvent) => void;
  }) {
    this.#clock = options.clock;
    this.#subject = `(${options.subject})`;
    this.#listener = options.onEvent ?? (() => undefined);
  }

  /** Appends `(<subject>) <what>.` */
  add(what: string): void {
    const event = { cloudSeconds: this.#clock.now(), message: `${this.#subject} ${what}.` };
    this.#events.push(event);
    this.#listener(event);
  }

  all(): readonly ServiceEvent[] {
    return this.#events;
  }
}
