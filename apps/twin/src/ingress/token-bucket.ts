/** Throttling as API Gateway does it: a bucket of tokens that fills at a steady rate, one token a request. */
export class TokenBucket {
  readonly #burst: number;
  readonly #ratePerSecond: number;
  #tokens: number;
  #filledAtSeconds: number;

  /** @param options.nowSeconds any steady clock. The bucket is full to begin with. */
  constructor(options: {
    readonly burstLimit: number;
    readonly rateLimitPerSecond: number;
    readonly nowSeconds: number;
  }) {
    this.#burst = options.burstLimit;
    this.#ratePerSecond = options.rateLimitPerSecond;
    this.#tokens = options.burstLimit;
    this.#filledAtSeconds = options.nowSeconds;
  }

  /** Takes a token; false when there is none. */
  take(nowSeconds: number): boolean {
    const passed = Math.max(0, nowSeconds - this.#filledAtSeconds);
    this.#tokens = Math.min(this.#burst, this.#tokens + passed * this.#ratePerSecond);
    this.#filledAtSeconds = Math.max(this.#filledAtSeconds, nowSeconds);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
