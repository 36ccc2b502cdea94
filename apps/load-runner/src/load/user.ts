import { type Pace, slotFrom, slotsAhead } from './schedule/arrival-schedule.ts';
import type { DueQueue, DueTask } from './schedule/due-queue.ts';
import type { LoadTally } from './figures/load-tally.ts';
import type { FreeUser, SharedArrivals } from './schedule/shared-arrivals.ts';
import type { Timers } from './schedule/timers.ts';
import type { Session } from './requests/request-source.ts';
import type { OpenConnection, UserConnection } from './connection/user-connection.ts';

/** What all users of a load share. */
export interface UserContext {
  readonly timers: Timers;
  readonly dueQueue: DueQueue;
  readonly tally: LoadTally;
  readonly open: OpenConnection;
  /** Says when requests are due, for whichever user is free; null: each user has a pace of its own. */
  readonly shared: SharedArrivals | null;
  /** The requests of a new user. */
  newSession(): Session;
  /** The user has left and has nothing in flight any more. */
  onGone(user: User): void;
}

/** A closed-loop user whose request found no server asks again after this long, not at once and for ever. */
const pauseAfterFailureMs = 100;

/**
 * One user: one connection, one request at a time: at a pace of its own, in a closed loop, or whatever of shared arrivals is due.
 *
 * A slot that falls due while the last answer is still out is not left out (that would hide exactly the slow
 * moments: coordinated omission). It is sent as soon as the answer is there, and its latency counts from when it was due.
 * Only what the target caused counts so: the generator’s own lag is kept apart, in the tally.
 */
export class User implements FreeUser {
  readonly #context: UserContext;
  readonly #connection: UserConnection;
  readonly #session: Session;
  #pace: Pace | null = null;
  #nextSlotMs = 0;
  #queued: DueTask | null = null;
  #inFlight = false;
  #left = false;
  /** When a queued task last ran: up to then, lateness is the generator’s own. */
  #wokenMs = -Infinity;
  /** What was asked last. */
  #endpoint = 0;
  /** How long the request in flight had to wait for the answer before it. */
  #waitedMs = 0;

  constructor(context: UserContext) {
    this.#context = context;
    this.#session = context.newSession();
    this.#connection = context.open({
      onAnswer: (statusCode, durationMs, { bodyBytes, kept }) => {
        if (kept !== null) this.#session.answered(this.#endpoint, kept);
        const latencyMs = durationMs + this.#waitedMs;
        context.tally.requestAnswered(this.#endpoint, { statusCode, bodyBytes, latencyMs });
        this.#continue(0);
      },
      onFailure: (kind) => {
        context.tally.requestFailed(this.#endpoint, kind);
        this.#continue(kind === 'timeout' ? 0 : pauseAfterFailureMs);
      },
    });
  }

  /** Starts to send what is due of the shared arrivals. */
  join(): void {
    this.#continue(0);
  }

  sendDue(dueMs: number, waitedMs: number): void {
    const lateMs = Math.max(0, this.#context.timers.now() - dueMs);
    this.#send(Math.max(0, lateMs - waitedMs), Math.min(lateMs, waitedMs));
  }

  /** Starts, or goes on, at a pace; null is a closed loop. Slots of an earlier pace that are still unsent are given up. */
  follow(pace: Pace | null): void {
    const nowMs = this.#context.timers.now();
    this.#giveUpSlots(nowMs);
    this.#pace = pace;
    if (pace !== null) this.#nextSlotMs = slotFrom(pace, nowMs);
    if (!this.#inFlight) this.#continue(0);
  }

  /** Asks no more; `onGone` follows once the request in flight has ended. */
  leave(): void {
    this.#giveUpSlots(this.#context.timers.now());
    this.#left = true;
    if (!this.#inFlight) this.#go();
  }

  /** Leaves at once, whatever is in flight. */
  abandon(): void {
    if (this.#inFlight) this.#context.tally.abandoned += 1;
    this.#giveUpSlots(this.#context.timers.now());
    this.#left = true;
    this.#go();
  }

  #giveUpSlots(nowMs: number): void {
    this.#context.shared?.remove(this);
    if (this.#queued !== null) this.#context.dueQueue.cancel(this.#queued);
    this.#queued = null;
    if (this.#pace !== null) this.#context.tally.unsent += slotsAhead(this.#pace, this.#nextSlotMs, nowMs);
  }

  #go(): void {
    this.#connection.close();
    this.#context.onGone(this);
  }

  /** What comes after an answer, or after a change of pace. */
  #continue(pauseMs: number): void {
    this.#inFlight = false;
    if (this.#left) {
      this.#go();
      return;
    }
    const { shared } = this.#context;
    if (shared !== null) {
      this.#takeShared(shared, pauseMs);
      return;
    }
    if (this.#pace === null) {
      if (pauseMs === 0) {
        this.#send();
        return;
      }
      this.#queue(this.#context.timers.now() + pauseMs, () => this.#send());
      return;
    }
    const nowMs = this.#context.timers.now();
    if (this.#nextSlotMs > nowMs) this.#queue(this.#nextSlotMs, () => this.#sendSlot());
    else this.#sendSlot();
  }

  #takeShared(shared: SharedArrivals, pauseMs: number): void {
    // Who found no server is not free at once: else one dead connection would use up all that is due.
    if (pauseMs > 0) {
      this.#queue(this.#context.timers.now() + pauseMs, () => this.#takeShared(shared, 0));
      return;
    }
    const dueMs = shared.take(this);
    if (dueMs !== null) this.sendDue(dueMs, Infinity);
  }

  #queue(dueMs: number, send: () => void): void {
    const run = (): void => {
      this.#queued = null;
      this.#wokenMs = this.#context.timers.now();
      send();
    };
    this.#queued = this.#context.dueQueue.add({ dueMs, run });
  }

  #sendSlot(): void {
    const slotMs = this.#nextSlotMs;
    this.#nextSlotMs += this.#pace?.periodMs ?? 0;
    const generatorLagMs = Math.max(0, this.#wokenMs - slotMs);
    const lateMs = Math.max(0, this.#context.timers.now() - slotMs);
    this.#send(generatorLagMs, Math.max(0, lateMs - generatorLagMs));
  }

  #send(generatorLagMs = 0, waitedMs = 0): void {
    this.#inFlight = true;
    this.#waitedMs = waitedMs;
    this.#context.tally.requestSent(generatorLagMs);
    const { endpoint, bytes, keepsAnswer } = this.#session.next();
    this.#endpoint = endpoint;
    this.#connection.send(bytes, keepsAnswer);
  }
}
