import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../fleet/event-log.ts';
import type { TaskDefinition } from '../tasks/task-runtime.ts';
import { type LifecycleEventName, type Release, type ReleaseError, lifecycleEventNames } from './release.ts';

export interface ReleaseHistoryOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly newId: () => string;
  /** Called after every change of the release. */
  readonly onChange: (release: Release) => void;
}

/** Every release since the start, and what happened to the last one. */
export class ReleaseHistory {
  readonly #options: ReleaseHistoryOptions;
  readonly #releases: Release[] = [];

  constructor(options: ReleaseHistoryOptions) {
    this.#options = options;
  }

  /** The release under way. */
  get active(): Release | undefined {
    const last = this.#releases.at(-1);
    return last?.endedAtSeconds === null ? last : undefined;
  }

  /** The last release, whether or not it has ended. */
  get current(): Release {
    const release = this.#releases.at(-1);
    if (release === undefined) throw new Error('there has been no release');
    return release;
  }

  all(): readonly Release[] {
    return this.#releases;
  }

  begin(from: TaskDefinition, to: TaskDefinition): void {
    const now = this.#options.clock.now();
    this.#releases.push({
      id: this.#options.newId(),
      status: 'Created',
      from,
      to,
      startedAtSeconds: now,
      endedAtSeconds: null,
      events: lifecycleEventNames.map((name) => ({ name, status: 'Pending', atSeconds: now })),
      shifts: [],
      error: null,
    });
    this.#say(`deployment of version ${to.version} created`);
    this.update({ status: 'InProgress' });
  }

  update(change: Partial<Release>): void {
    this.#releases[this.#releases.length - 1] = { ...this.current, ...change };
    this.#options.onChange(this.current);
  }

  mark(status: 'InProgress' | 'Succeeded', ...names: readonly LifecycleEventName[]): void {
    const atSeconds = this.#options.clock.now();
    for (const name of names) {
      const events = this.current.events.map((event) =>
        event.name === name ? { name, status, atSeconds } : event,
      );
      this.update({ events });
    }
  }

  /** @param percent share of the requests that the new version gets from now on */
  shifted(percent: number): void {
    const atSeconds = this.#options.clock.now();
    this.update({ shifts: [...this.current.shifts, { atSeconds, percent }] });
    this.#say(`version ${this.current.to.version} now gets ${percent} % of the traffic`);
  }

  /** The event in progress fails, and those that have not begun are skipped. */
  fail(error: ReleaseError, status: 'Failed' | 'Stopped'): void {
    const atSeconds = this.#options.clock.now();
    const events = this.current.events.map((event) => {
      if (event.status === 'InProgress') return { ...event, status: 'Failed' as const, atSeconds };
      return event.status === 'Pending' ? { ...event, status: 'Skipped' as const } : event;
    });
    this.update({ status, error, events });
    this.#say(
      `deployment ${status.toLowerCase()} (${error.code}): ${error.message}; rolling back to version ${this.current.from.version}`,
    );
  }

  end(status: Release['status'], outcome: string): void {
    this.update({ status, endedAtSeconds: this.#options.clock.now() });
    this.#say(`deployment ${outcome}`);
  }

  #say(what: string): void {
    this.#options.log.add(`(deployment ${this.current.id}) ${what}`);
  }
}
