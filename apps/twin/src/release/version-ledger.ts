/** What clients got from one version. */
export interface VersionTraffic {
  /** Requests that went to it. */
  readonly requests: number;
  /** Of which answers of 5xx, its own or the balancer’s in its place, and answers that broke off. */
  readonly failed: number;
}

/** The status that stands for a client which left before its answer: nobody’s failure. */
const clientLeft = 460;

/** Counts the requests of clients by the version that they went to. */
export class VersionLedger {
  readonly #versions = new Map<string, string>();
  readonly #traffic = new Map<string, { requests: number; failed: number }>();

  /** From now on this target’s requests are this version’s. */
  assign(targetId: string, version: string): void {
    this.#versions.set(targetId, version);
  }

  /** The target answered. */
  answered(targetId: string, status: number): void {
    this.#count(targetId, status >= 500);
  }

  /** The target did not answer, so the balancer did, or the client left. Status 0 is an answer that broke off: counted already. */
  unanswered(targetId: string, status: number): void {
    if (status !== 0) this.#count(targetId, status !== clientLeft);
    else this.#of(targetId).failed += 1;
  }

  /** Since the start, by version. */
  totals(): Readonly<Record<string, VersionTraffic>> {
    return Object.fromEntries([...this.#traffic].map(([version, traffic]) => [version, { ...traffic }]));
  }

  #count(targetId: string, failed: boolean): void {
    const traffic = this.#of(targetId);
    traffic.requests += 1;
    if (failed) traffic.failed += 1;
  }

  #of(targetId: string): { requests: number; failed: number } {
    const version = this.#versions.get(targetId) ?? 'unknown';
    const known = this.#traffic.get(version);
    if (known !== undefined) return known;
    const traffic = { requests: 0, failed: 0 };
    this.#traffic.set(version, traffic);
    return traffic;
  }
}
