import type { DesyncReason } from './desync.ts';

/** Why a request is answered by the balancer itself. Statuses are those an Application Load Balancer gives. */
export interface Rejection {
  readonly rejected: 400 | 405 | 414 | 417 | 463 | 501 | 505;
  readonly cause: string;
  /** How desync mitigation classifies the request; undefined where it is refused for another reason. */
  readonly desync: DesyncReason | undefined;
}

export const reject = (rejected: Rejection['rejected'], cause: string, desync?: DesyncReason): Rejection => ({
  rejected,
  cause,
  desync,
});
