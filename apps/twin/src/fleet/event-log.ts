import type { ServiceEvent } from '@tideline/evidence';
import type { Clock } from '../clock/clock.ts';

/** The events of a service or a group, worded as AWS words them. */
export class EventLog {
  readonly #clock: Clock;
  readonly #subject: string;
  readonly #events: ServiceEvent[];
  readonly #listener: (event: ServiceEvent) => void;

  constructor(options: {
    readonly clock: Clock;
    /** What the events are about, such as `service tideline-dev-api`. */
    readonly subject: string;
    readonly onEvent?: (event: ServiceEvent) => void;
    /** Where the events go, one after the other. @default a list of its own */
    readonly events?: ServiceEvent[];
  }) {
    this.#clock = options.clock;
    this.#subject = `(${options.subject})`;
    this.#listener = options.onEvent ?? (() => undefined);
    this.#events = options.events ?? [];
  }

  /** The same events, where a part of the subject speaks: `(<subject>, <part>) <what>.` */
  within(part: string): EventLog {
    const subject = `${this.#subject.slice(1, -1)}, ${part}`;
    return new EventLog({ clock: this.#clock, subject, onEvent: this.#listener, events: this.#events });
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
