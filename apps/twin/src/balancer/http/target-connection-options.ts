import type { Unreachable } from '../targets/outage.ts';
import type { TargetConnection } from './target-connection.ts';

export interface TargetConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly idleTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** What it meets where the target is dead. @default the target is there */
  readonly unreachable?: Unreachable | undefined;
  /** Called once per exchange, when it is over; `reusable` means that another may follow on this connection. */
  readonly onFree: (connection: TargetConnection, reusable: boolean) => void;
  /** Called when a connection without an exchange has closed. */
  readonly onIdleClosed: (connection: TargetConnection) => void;
}
