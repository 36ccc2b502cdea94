/** A promise that is resolved from outside, and known to be. */
export class Deferred {
  isResolved = false;
  readonly promise: Promise<void>;
  #resolve: () => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve) => (this.#resolve = resolve));
  }

  resolve(): void {
    this.isResolved = true;
    this.#resolve();
  }
}
