import { type Clock, until } from '../src/clock/clock.ts';
import type { TargetHealthDescription } from '../src/fleet/fleet.ts';
import type { Outage } from '../src/balancer/targets/outage.ts';
import type { TargetRegistry } from '../src/tasks/task.ts';

export interface FakeTargetGroupOptions {
  readonly clock: Clock;
  /** From registration to the first check’s result. @default 1 */
  readonly firstCheckSeconds?: number;
  /** @default 30 */
  readonly deregistrationDelaySeconds?: number;
  /** Whether the target answers its checks. */
  readonly passes: (id: string) => boolean;
  readonly onChange: () => void;
}

/** A target group whose checks ask a function instead of a socket. */
export class FakeTargetGroup implements TargetRegistry {
  readonly #options: FakeTargetGroupOptions;
  /** Ids and ports, in order. */
  readonly relocations: (readonly [string, number])[] = [];
  /** Targets that have died, and why. */
  readonly outages = new Map<string, Outage>();
  readonly #states = new Map<string, TargetHealthDescription['state']>();

  constructor(options: FakeTargetGroupOptions) {
    this.#options = options;
  }

  register({ id }: { readonly id: string }): void {
    const { clock, firstCheckSeconds = 1 } = this.#options;
    this.#move(id, 'initial');
    clock.at(clock.now() + firstCheckSeconds, () => this.check(id));
  }

  relocate(id: string, { port }: { readonly port: number }): void {
    this.outages.delete(id);
    this.relocations.push([id, port]);
  }

  lose(id: string, outage: Outage): void {
    if (this.#states.has(id) && !this.outages.has(id)) this.outages.set(id, outage);
  }

  async deregister(id: string): Promise<void> {
    const { clock, deregistrationDelaySeconds = 30 } = this.#options;
    this.#move(id, 'draining');
    await until(clock, clock.now() + deregistrationDelaySeconds);
    this.#states.delete(id);
    this.#options.onChange();
  }

  /** Checks a target now. */
  check(id: string): void {
    const state = this.#states.get(id);
    if (state === undefined || state === 'draining') return;
    this.#move(id, this.#options.passes(id) && !this.outages.has(id) ? 'healthy' : 'unhealthy');
  }

  targets(): readonly TargetHealthDescription[] {
    return [...this.#states].map(([id, state]) => ({
      id,
      state,
      reason: state === 'unhealthy' ? 'Target.Timeout' : undefined,
    }));
  }

  healthy(): readonly string[] {
    return this.targets().flatMap(({ id, state }) => (state === 'healthy' ? [id] : []));
  }

  #move(id: string, state: TargetHealthDescription['state']): void {
    if (this.#states.get(id) === state) return;
    this.#states.set(id, state);
    this.#options.onChange();
  }
}
