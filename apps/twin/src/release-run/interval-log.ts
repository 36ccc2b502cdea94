import type { ReleaseInterval } from '@tideline/evidence';

type Traffic = ReleaseInterval['traffic'];

interface Reading {
  readonly cloudSeconds: number;
  readonly traffic: Traffic;
}

/** Cuts the traffic of a release into stretches of the same weights. */
export class IntervalLog {
  readonly #read: () => Reading;
  readonly #intervals: ReleaseInterval[] = [];
  #percent = 0;
  #from: Reading;

  /** @param read the traffic by version since the start, now */
  constructor(read: () => Reading) {
    this.#read = read;
    this.#from = read();
  }

  /** From now on the new version gets this share. To be called in the same turn in which the weights change. */
  weightsChanged(percent: number): void {
    if (percent === this.#percent) return;
    this.cut();
    this.#percent = percent;
  }

  /** Ends the present stretch; one without time is left out. */
  cut(): void {
    const now = this.#read();
    const from = this.#from;
    this.#from = now;
    if (now.cloudSeconds <= from.cloudSeconds) return;
    this.#intervals.push({
      fromCloudSeconds: from.cloudSeconds,
      toCloudSeconds: now.cloudSeconds,
      percent: this.#percent,
      traffic: difference(from.traffic, now.traffic),
    });
  }

  all(): readonly ReleaseInterval[] {
    return this.#intervals;
  }
}

const difference = (before: Traffic, after: Traffic): Traffic =>
  Object.fromEntries(
    Object.entries(after).map(([version, { requests, failed }]) => [
      version,
      {
        requests: requests - (before[version]?.requests ?? 0),
        failed: failed - (before[version]?.failed ?? 0),
      },
    ]),
  );
