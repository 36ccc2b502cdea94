import type { ServiceEvent } from '@tideline/evidence';
import type { Clock } from '../clock/clock.ts';

export interface EventLogOptions {
  readonly clock: Clock;
  /** What the events are about, such as `service tideline-dev-api`. */
  readonly subject: string;
  readonly onEvent?: (event: ServiceEvent) => void;
}

/** The events of a service or a group, worded as AWS words them. */
export class EventLog {
  readonly #options: EventLogOptions;
  readonly #events: ServiceEvent[];

  /** @param events where to keep them; a list of its own unless given */
  constructor(options: EventLogOptions, events: ServiceEvent[] = []) {
    this.#options = options;
    this.#events = events;
  }

  /** A log about something else that keeps its events among the ones here, in their order. */
  about(subject: string): EventLog {
    return new EventLog({ ...this.#options, subject }, this.#events);
  }

  /**
   * Appends `(<subject>) <what>` and what ends it.
   * @param end empty for the sentences that AWS ends without a full stop
   */
  add(what: string, end: '.' | '' = '.'): void {
    const { clock, subject, onEvent } = this.#options;
    const event = { cloudSeconds: clock.now(), message: `(${subject}) ${what}${end}` };
    this.#events.push(event);
    onEvent?.(event);
  }

  all(): readonly ServiceEvent[] {
    return this.#events;
  }
}
