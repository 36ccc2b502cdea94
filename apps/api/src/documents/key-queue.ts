/**
 * Lets one job at a time touch a key. Jobs of one process then never collide with each other, so that contention is
 * bounded by the number of processes, not of requests.
 */
export class KeyQueue {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs the job after every earlier one that shares a key. Keys are taken together, so that no two jobs wait for each other. */
  async run<T>(keys: readonly string[], job: () => Promise<T>): Promise<T> {
    const earlier = Promise.all(keys.map((key) => this.#tails.get(key) ?? Promise.resolve()));
    const { promise: done, resolve: finish } = withResolver();
    for (const key of keys) this.#tails.set(key, done);
    try {
      await earlier;
      return await job();
    } finally {
      finish();
      for (const key of keys) if (this.#tails.get(key) === done) this.#tails.delete(key);
    }
  }

  /** Keys that a job runs for or waits for. */
  get size(): number {
    return this.#tails.size;
  }
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
