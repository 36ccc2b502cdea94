import type { FailedRequestEvent } from '../balancer/events.ts';
import { TargetGroupTraffic } from './target-group-traffic.ts';
import type { ChosenTargetGroups, TargetGroupColour } from './traffic-switch.ts';
import { VersionLedger } from './version-ledger.ts';

/** Stands for an answer that had begun when it broke off. */
const brokenOff = 0;
/** What the balancer answers for a client’s mistake, or logs for one that left (460): no version is to blame. */
const isClientsFault = (status: number): boolean => status >= 400 && status < 500;

/** Counts what became of each request of a client, for the version and for the target group that it went to. */
export class RequestOutcomes {
  readonly byVersion = new VersionLedger();
  readonly byGroup: Readonly<Record<TargetGroupColour, TargetGroupTraffic>> = {
    blue: new TargetGroupTraffic(),
    green: new TargetGroupTraffic(),
  };
  readonly #chosen: ChosenTargetGroups;

  constructor(chosen: ChosenTargetGroups) {
    this.#chosen = chosen;
  }

  /** A target answered: its head has come. */
  answered(targetId: string, status: number, responseTimeMs: number): void {
    this.byVersion.answered(targetId, status);
    this.byGroup[this.#chosen.of(targetId)].answered(status, responseTimeMs);
  }

  /** No target answered, or not to the end. */
  failed({ status, targetId }: FailedRequestEvent): void {
    if (isClientsFault(status)) return;
    if (targetId !== undefined) this.byVersion.unanswered(targetId);
    const group = this.byGroup[this.#chosen.of(targetId)];
    if (status === brokenOff) group.brokeOff();
    else group.unanswered();
  }
}
