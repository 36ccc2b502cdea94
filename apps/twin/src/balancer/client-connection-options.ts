import type { ClientConnection } from './client-connection.ts';
import type { Entry } from './entry.ts';
import type { FailedRequestEvent } from './events.ts';
import type { Arrival } from './http/forwarded-head.ts';
import type { MetricsRecorder } from './metrics.ts';
import type { RequestIntakeOptions } from './request-intake.ts';
import type { Stickiness } from './targets/stickiness.ts';
import type { TargetChooser } from './targets/target.ts';

export interface ClientConnectionOptions {
  readonly chooser: TargetChooser;
  /** @default every request gets to the balancer */
  readonly entry?: Entry | undefined;
  /** Keeps clients with their target. @default each request takes the next target */
  readonly stickiness?: Stickiness | undefined;
  readonly metrics: MetricsRecorder;
  /** How its requests are read. */
  readonly intake: RequestIntakeOptions;
  readonly arrival: Arrival;
  readonly idleTimeoutMs: number;
  readonly onClosed: (connection: ClientConnection) => void;
  readonly onFailedRequest: (failure: Omit<FailedRequestEvent, 'type' | 'cloudSeconds'>) => void;
}
