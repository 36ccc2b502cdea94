import type { FaultCost } from '@tideline/evidence';
import type { Outage } from './targets/outage.ts';

/** How a client sees the loss of a request, in the words of a run record; and a WebSocket that was cut. */
export type LossKind = 'http-502' | 'http-503' | 'http-504' | 'timeout' | 'connection' | 'websocket';

/** Counts what each kind of fault has cost: each request that went to a dead target, or was with it when it died, once. */
export class FaultCosts {
  readonly #costs = new Map<string, FaultCost>();

  targetDied(outage: Outage): void {
    const cost = this.#of(outage);
    this.#put(outage, { ...cost, targets: cost.targets + 1 });
  }

  lost(outage: Outage, kind: LossKind): void {
    const cost = this.#of(outage);
    this.#put(outage, { ...cost, lost: { ...cost.lost, [kind]: (cost.lost[kind] ?? 0) + 1 } });
  }

  /** Since the start, in the order in which the faults first happened. */
  all(): FaultCost[] {
    return [...this.#costs.values()];
  }

  #of({ fault, onPurpose }: Outage): FaultCost {
    return this.#costs.get(key({ fault, onPurpose })) ?? { fault, onPurpose, targets: 0, lost: {} };
  }

  #put(outage: Outage, cost: FaultCost): void {
    this.#costs.set(key(outage), cost);
  }
}

const key = ({ fault, onPurpose }: Outage): string => `${fault} ${String(onPurpose)}`;
