import type { ServiceEvent } from '@tideline/evidence';
import type { Clock } from '../clock/clock.ts';

/** The service’s events, worded as ECS words them. */
export class EventLog {
  readonly #clock: Clock;
  readonly #subject: string;
  readonly #events: ServiceEvent[] = [];
  readonly #listener: (event: ServiceEvent) => void;

  constructor(options: {
    readonly clock: Clock;
    readonly service: string;
    readonly onEvent?: (event: ServiceEvent) => void;
  }) {
    this.#clock = options.clock;
    this.#subject = `(service ${options.service})`;
    this.#listener = options.onEvent ?? (() => undefined);
  }

  /** Appends `(service NAME) <what>.` */
  add(what: string): void {
    const event = { cloudSeconds: this.#clock.now(), message: `${this.#subject} ${what}.` };
    this.#events.push(event);
    this.#listener(event);
  }

  all(): readonly ServiceEvent[] {
    return this.#events;
  }
}
