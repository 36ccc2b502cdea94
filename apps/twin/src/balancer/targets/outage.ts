import type { FaultName } from '@tideline/evidence';

/** Why a target answers nothing any more. */
export interface Outage {
  readonly fault: FaultName;
  /** Asked for through the control API, and not the target’s own doing. */
  readonly onPurpose: boolean;
}

/**
 * What a connection to a dead target meets. Where only the process has ended, the host refuses it (RST), and open connections
 * are closed. Where the host has gone, nothing comes back, not even the end of an open connection.
 */
export type Unreachable = 'refused' | 'silent';

const meets: Readonly<Record<FaultName, Unreachable>> = {
  'task-exit': 'refused',
  'application-exit': 'refused',
  'instance-loss': 'silent',
  'zone-loss': 'silent',
};

/** Undefined where the target is not dead. */
export const unreachable = (outage: Outage | undefined): Unreachable | undefined =>
  outage && meets[outage.fault];
