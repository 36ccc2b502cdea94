/** What clients got from one version. */
export interface VersionTraffic {
  /** Requests that were sent to it. */
  readonly requests: number;
  /** Of which answers of 5xx, its own or the balancer’s in its place, and answers that broke off. */
  readonly failed: number;
}

/** Tells the requests of clients apart by the version that they went to. */
export class VersionLedger {
  readonly #versions = new Map<string, string>();
  readonly #failed = new Map<string, number>();

  /** From now on this target’s requests are this version’s. */
  assign(targetId: string, version: string): void {
    this.#versions.set(targetId, version);
  }

  /** The target answered. */
  answered(targetId: string, status: number): void {
    if (status >= 500) this.#fail(targetId);
  }

  /** The target did not answer to the end: the balancer did in its place, or the answer broke off. */
  unanswered(targetId: string): void {
    this.#fail(targetId);
  }

  /** By version, since the start. @param requestsByTarget requests that were sent to each target since the start */
  totals(requestsByTarget: ReadonlyMap<string, number>): Readonly<Record<string, VersionTraffic>> {
    const totals: Record<string, { requests: number; failed: number }> = {};
    for (const [id, version] of this.#versions) {
      const total = (totals[version] ??= { requests: 0, failed: 0 });
      total.requests += requestsByTarget.get(id) ?? 0;
      total.failed += this.#failed.get(id) ?? 0;
    }
    return totals;
  }

  #fail(targetId: string): void {
    this.#failed.set(targetId, (this.#failed.get(targetId) ?? 0) + 1);
  }
}
