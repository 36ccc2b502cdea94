import type { Clock } from '../clock/clock.ts';

/**
 * Cloud time between two counts. AWS WAF counts “frequently” and gives no figure; it says that a change of the rate is usually
 * noticed within 30 s (WAF guide, rate-based rule caveats).
 */
const countEverySeconds = 10;

export interface AddressRateLimitOptions {
  /** Requests of one address in the window above which it is blocked. */
  readonly limit: number;
  /** How far back requests are counted, cloud seconds: a multiple of ten. */
  readonly windowSeconds: number;
  readonly clock: Pick<Clock, 'now' | 'speed'>;
}

/**
 * A rate-based rule of AWS WAF: every few seconds it counts the requests of each address over the window, blocked ones among
 * them, and blocks those above the limit until a later count. Until the first count everything passes. In compressed time a
 * request stands for as many as would have come in at the same rate.
 */
export class AddressRateLimit {
  readonly #options: AddressRateLimitOptions;
  /** Requests by address, of each time between two counts, by its number. */
  readonly #slots = new Map<number, Map<string, number>>();
  #slot = 0;
  #blocked: ReadonlySet<string> = new Set();

  constructor(options: AddressRateLimitOptions) {
    this.#options = options;
  }

  /** Counts a request; true where its address is blocked. */
  blocks(address: string): boolean {
    const { clock } = this.#options;
    const slot = Math.floor(clock.now() / countEverySeconds);
    if (slot > this.#slot) this.#count(slot);
    const requests = this.#slots.get(slot) ?? new Map<string, number>();
    requests.set(address, (requests.get(address) ?? 0) + clock.speed);
    this.#slots.set(slot, requests);
    return this.#blocked.has(address);
  }

  #count(slot: number): void {
    const { limit, windowSeconds } = this.#options;
    this.#slot = slot;
    const oldest = slot - windowSeconds / countEverySeconds;
    const totals = new Map<string, number>();
    for (const [number, requests] of this.#slots) {
      if (number < oldest) this.#slots.delete(number);
      else for (const [address, count] of requests) totals.set(address, (totals.get(address) ?? 0) + count);
    }
    this.#blocked = new Set([...totals].flatMap(([address, count]) => (count > limit ? [address] : [])));
  }
}
