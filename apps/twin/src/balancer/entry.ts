import type { RequestHead } from './http/request-head.ts';
import type { Stickiness } from './targets/stickiness.ts';

/** A whole answer of something in front of the balancer. */
export interface EntryAnswer {
  readonly response: string;
  readonly keepAlive: boolean;
}

/** What the balancer does to the field lines of a target’s response before it passes them on. */
export type EditFields = (fields: string) => string;

/** How long something in front of the balancer waits for a response. */
export interface Patience {
  /** Wall time that it waits until a response begins. */
  readonly timeoutMs: number;
  /** What the client gets then. @param canKeepAlive false when the client still sends its request */
  timedOut(request: RequestHead, canKeepAlive: boolean): EntryAnswer;
}

/** Something in front of the balancer, which sees every request first and every response last. */
export interface Entry {
  /** Undefined lets the request through; an answer is all that the client gets. */
  admit(request: RequestHead, clientAddress: string): EntryAnswer | undefined;
  /** Whether connections may change to another protocol. */
  readonly passesUpgrades: boolean;
  /** Null waits as long as the balancer does. */
  readonly patience: Patience | null;
  /** Undefined leaves the response as it is. */
  responseFields(request: RequestHead): EditFields | undefined;
}

/** How a target’s fields are changed on their way to the client; undefined leaves them as they are. */
export function responseEdits(
  { entry, stickiness }: { readonly entry?: Entry | undefined; readonly stickiness?: Stickiness | undefined },
  request: RequestHead,
  targetId: string,
): EditFields | undefined {
  const edit = entry?.responseFields(request);
  if (stickiness === undefined) return edit;
  const stick: EditFields = (fields) => fields + stickiness.fieldFor(targetId);
  return edit === undefined ? stick : (fields) => edit(stick(fields));
}
