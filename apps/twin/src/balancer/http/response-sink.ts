import type { ResponseHead } from './response-head.ts';

/** How an exchange with a target failed. */
export type TargetFailure =
  'refused' | 'connect-timeout' | 'reset' | 'malformed' | 'timeout' | 'deregistered';

/** Bytes of a body where they were read. Those before them hold nothing any more: what goes out ahead may be put there. */
export interface BodyPart {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Receives one response. False asks for a pause until `resumeResponse`. The bytes of a response that comes whole, of no more than
 * `lentBytes`, are lent until the call returns.
 */
export interface ResponseSink {
  interim(head: ResponseHead): void;
  response(head: ResponseHead, part: BodyPart, isLast: boolean): boolean;
  body(part: BodyPart, isLast: boolean): boolean;
  /** False once the system has taken all that was handed over: its bytes may be overwritten. */
  readonly holdsBytes: boolean;
  /** The connection carries another protocol from now on: what comes behind the head goes to `body`, and `failed` ends it. */
  upgraded(head: ResponseHead): void;
  failed(failure: TargetFailure): void;
  /** The target takes more of the request’s body again. */
  requestDrained(): void;
}
