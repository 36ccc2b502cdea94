import type { EventLog } from '../fleet/event-log.ts';
import type { LaunchCause, TerminationCause } from './instance-moves.ts';
import { applicationRestartSeconds } from '@tideline/config';
import type { Instance } from './instance.ts';
import type { InstanceFailure } from './instance-options.ts';

/** Why a group launches or terminates: instances that it is to have, and that it had. */
export interface GroupCapacity {
  readonly actual: number;
  readonly desired: number;
}

/** In the words of EC2 Auto Scaling. */
export const capacityCause = ({ actual, desired }: GroupCapacity): string =>
  `desired capacity is ${desired} and actual capacity was ${actual}`;

/** Says what the group and its instances do: description and cause, as EC2 Auto Scaling lists its activities. */
export class AutoScalingGroupEvents {
  readonly #log: EventLog;
  #noZone = false;
  #saidProtected = false;

  constructor(log: EventLog) {
    this.#log = log;
  }

  desiredChanged(from: number, to: number): void {
    this.#saidProtected = false;
    this.#log.add(`has changed its desired capacity from ${from} to ${to}`);
  }

  launching(
    { id, availabilityZone }: Instance,
    why: LaunchCause,
    capacity: GroupCapacity & { readonly isFromPool: boolean },
  ): void {
    this.#noZone = false;
    const causes: Readonly<Record<LaunchCause, string>> = {
      capacity: capacityCause(capacity),
      rebalancing: 'the Availability Zones are uneven; one in the fullest zone will make room for it',
      refresh: 'an instance refresh replaces another one',
    };
    this.#log.add(
      `${capacity.isFromPool ? 'launches a new EC2 instance from warm pool' : 'launches an EC2 instance'}: (instance ${id}) in ${availabilityZone}, because ${causes[why]}`,
    );
  }

  inService({ id }: Instance): void {
    this.#log.add(`(instance ${id}) is in service; its health check grace period and its warm-up begin`);
  }

  warm({ id }: Instance): void {
    this.#log.add(`(instance ${id}) is warm; its metrics count`);
  }

  terminating({ id, availabilityZone }: Instance, why: TerminationCause, capacity: GroupCapacity): void {
    const causes: Readonly<Record<TerminationCause, string>> = {
      capacity: capacityCause(capacity),
      rebalancing: `${availabilityZone} has more instances than the other Availability Zones`,
      refresh: 'an instance refresh replaces it',
    };
    this.#log.add(`terminates an EC2 instance: (instance ${id}), because ${causes[why]}`);
  }

  /** The user terminated it; desired capacity stays. */
  terminatedByUser({ id }: Instance): void {
    this.#log.add(`terminates an EC2 instance: (instance ${id}), because a user asked for it`);
  }

  unhealthy({ id }: Instance, reason: string): void {
    this.#log.add(
      `terminates an EC2 instance: (instance ${id}), because it failed its ELB health check (${reason}) and is to be replaced`,
    );
  }

  /** Said by the instance, not by the group: neither EC2 nor Auto Scaling looks at its processes. */
  restarts({ id }: Instance, reason: string): void {
    this.#log.add(
      `(instance ${id}) starts its application again in ${applicationRestartSeconds} s, because it ended (${reason})`,
    );
  }

  failed(instance: Instance, { check, reason }: InstanceFailure): void {
    if (check === 'EC2') this.#lost(instance, reason);
    else this.unhealthy(instance, reason);
  }

  #lost({ id }: Instance, reason: string): void {
    this.#log.add(
      `takes an EC2 instance out of service: (instance ${id}), because it failed its EC2 status check (${reason}) and is to be replaced`,
    );
  }

  terminated({ id }: Instance): void {
    this.#log.add(`(instance ${id}) is terminated`);
  }

  /** Said once until something is launched again. */
  unableToLaunch(): void {
    if (this.#noZone) return;
    this.#noZone = true;
    this.#log.add('cannot launch an EC2 instance, because no Availability Zone is available');
  }

  /** Said once until desired capacity changes. */
  allProtected(): void {
    if (this.#saidProtected) return;
    this.#saidProtected = true;
    this.#log.add(
      'could not scale to desired capacity because all remaining instances are protected from scale-in',
    );
  }

  steady(desired: number): void {
    this.#log.add(`has reached a steady state: its desired capacity of ${desired} is in service and healthy`);
  }
}
