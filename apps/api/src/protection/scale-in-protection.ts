/** Keeps this task from being scaled in while it works on what outlives its request. */
export interface ScaleInProtection {
  /** One piece of work begins. Resolves when the task is protected, or cannot be: the work is done either way. */
  begin(): Promise<void>;
  /** One piece of work has ended; with the last of them the protection goes. */
  end(): void;
}

/** Where nothing scales the task in, or nothing is to keep it from that. */
export const noScaleInProtection: ScaleInProtection = {
  begin: () => Promise.resolve(),
  end: () => undefined,
};

export interface TaskProtectionOptions {
  /** Time after which ECS takes the protection off by itself. */
  readonly expiresInMinutes: number;
  /** Asks ECS’s agent. Rejects when the agent does not answer, or ECS declines. */
  readonly update: (change: ProtectionChange) => Promise<void>;
  /** Calls `renew` every so often until it is stopped. */
  readonly every: (ms: number, renew: () => void) => { readonly stop: () => void };
  /** A change that ECS did not make. */
  readonly onRefused: (reason: unknown, change: ProtectionChange) => void;
}

/** A request of the endpoint, by its own names (Amazon ECS guide, task scale-in protection endpoint). */
export type ProtectionChange =
  | { readonly ProtectionEnabled: true; readonly ExpiresInMinutes: number }
  | { readonly ProtectionEnabled: false };

/**
 * The protection of an ECS task: on with the first piece of work, off with the last, and renewed at half its time, since ECS
 * counts the time anew with each request.
 */
export class TaskProtection implements ScaleInProtection {
  readonly #options: TaskProtectionOptions;
  #pieces = 0;
  #renewal: { readonly stop: () => void } | undefined;
  /** Requests go one after another: the last one asked for is the one that stays. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: TaskProtectionOptions) {
    this.#options = options;
  }

  begin(): Promise<void> {
    this.#pieces += 1;
    if (this.#pieces === 1) {
      this.#protect();
      this.#renewal = this.#options.every(this.#options.expiresInMinutes * 30_000, () => this.#protect());
    }
    return this.#last;
  }

  end(): void {
    if (this.#pieces === 0) return;
    this.#pieces -= 1;
    if (this.#pieces > 0) return;
    this.#renewal?.stop();
    this.#request({ ProtectionEnabled: false });
  }

  #protect(): void {
    this.#request({ ProtectionEnabled: true, ExpiresInMinutes: this.#options.expiresInMinutes });
  }

  #request(change: ProtectionChange): void {
    const { update, onRefused } = this.#options;
    this.#last = this.#last
      .then(() => update(change))
      .catch((reason: unknown) => {
        onRefused(reason, change);
      });
  }
}
