/** Cloud and wall time at one moment, and how fast the first went from then on. */
interface Anchor {
  readonly cloudSeconds: number;
  readonly wallMs: number;
  readonly speed: number;
}

/** Tells at which wall time a cloud time was, while the speed between the two changes. */
export class CloudTimeline {
  readonly #anchors: Anchor[] = [];

  /** Notes that both clocks were seen at once. Calls come in order. */
  seen(anchor: Anchor): void {
    this.#anchors.push(anchor);
  }

  /** Wall time of a cloud time, by the last sight before it; milliseconds. */
  wallMsAt(cloudSeconds: number): number {
    const before =
      this.#anchors.findLast((anchor) => anchor.cloudSeconds <= cloudSeconds) ?? this.#anchors[0];
    if (before === undefined) return NaN;
    return before.wallMs + ((cloudSeconds - before.cloudSeconds) / before.speed) * 1000;
  }
}
