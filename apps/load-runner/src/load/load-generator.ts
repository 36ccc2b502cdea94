import type { LoadProfile, LoadStage } from '@tideline/config';
import { paceOf } from './schedule/arrival-schedule.ts';
import { DueQueue } from './schedule/due-queue.ts';
import { type Instant, type LoadBucket, LoadBuckets } from './figures/load-buckets.ts';
import { LoadTally } from './figures/load-tally.ts';
import { type DataRow, RequestSource } from './requests/request-source.ts';
import { SharedArrivals } from './schedule/shared-arrivals.ts';
import { StageTimeline } from './schedule/stage-timeline.ts';
import type { Timers } from './schedule/timers.ts';
import { User } from './user.ts';
import type { OpenConnection } from './connection/user-connection.ts';

/** What a load did. */
export interface LoadOutcome {
  /** From the first stage to the end of the last, or to where it was stopped. */
  readonly from: Instant;
  readonly to: Instant;
  readonly tally: LoadTally;
  readonly buckets: readonly LoadBucket[];
}

/** What a load runs on; tests give a virtual clock and servers that are none. */
export interface LoadSurroundings {
  readonly timers: Timers;
  readonly open: OpenConnection;
  readonly cloud: { now(): number; readonly speed: number };
}

/** The cloud’s speed may change at any time, so the stage is looked at again at least this often, milliseconds. */
const longestTickMs = 50;

/** Runs a load profile once: users join and leave as its stages say, each on a connection of its own. */
export class LoadGenerator {
  readonly tally: LoadTally;
  readonly #profile: LoadProfile;
  readonly #surroundings: LoadSurroundings;
  readonly #dueQueue: DueQueue;
  readonly #buckets: LoadBuckets;
  readonly #timeline: StageTimeline;
  /** Null: each user has a pace of its own. */
  readonly #shared: SharedArrivals | null;
  readonly #requests: RequestSource;
  readonly #from: Instant;
  /** By user number. */
  readonly #users: User[] = [];
  /** Those in, and those on the way out with a request in flight. */
  readonly #present = new Set<User>();
  #to: Instant | null = null;
  #finished = false;
  #stage = -1;
  #stageOriginMs = 0;
  #cancelTick: () => void = () => undefined;
  #finish: (outcome: LoadOutcome) => void = () => undefined;
  readonly #outcome = new Promise<LoadOutcome>((resolve) => (this.#finish = resolve));

  constructor(
    {
      target,
      profile,
      rows = [],
    }: { readonly target: URL; readonly profile: LoadProfile; readonly rows?: readonly DataRow[] },
    surroundings: LoadSurroundings,
  ) {
    this.#profile = profile;
    this.#surroundings = surroundings;
    this.#dueQueue = new DueQueue(surroundings.timers);
    this.#requests = new RequestSource({ target, profile, rows });
    this.#from = this.#now();
    this.#buckets = new LoadBuckets(this.#from);
    this.tally = new LoadTally(this.#buckets, profile.endpoints);
    this.#timeline = new StageTimeline(profile);
    const { arrivals, seed } = profile;
    const { timers } = surroundings;
    this.#shared =
      arrivals === 'per-user'
        ? null
        : new SharedArrivals({ timers, dueQueue: this.#dueQueue, tally: this.tally, arrivals, seed });
  }

  /** Users who are in at the moment. */
  get users(): number {
    return this.#users.length;
  }

  /** How long the load takes, cloud seconds. */
  get seconds(): number {
    return this.#timeline.seconds;
  }

  /** The last stage has ended, or the load was stopped; answers may still be on their way. */
  get isOver(): boolean {
    return this.#to !== null;
  }

  /** Runs the profile; settles once the last answer is in. Call it once. */
  run(): Promise<LoadOutcome> {
    this.#tick();
    return this.#outcome;
  }

  /** Ends the load at once; requests in flight are given up, and counted as abandoned. */
  stop(): void {
    this.#to ??= this.#now();
    this.#shared?.stop();
    this.#users.length = 0;
    for (const user of [...this.#present]) user.abandon();
    this.#finishIfEmpty();
  }

  #now(): Instant {
    const { timers, cloud } = this.#surroundings;
    return { wallMs: timers.now(), cloudSeconds: cloud.now() };
  }

  #tick(): void {
    const now = this.#now();
    this.#buckets.tick(now);
    const elapsedSeconds = now.cloudSeconds - this.#from.cloudSeconds;
    const position = this.#to === null ? this.#timeline.at(elapsedSeconds) : null;
    if (position === null) {
      if (this.#to === null) this.#shared?.stop();
      this.#to ??= now;
      this.#setUsers(0);
    } else {
      if (position.stage !== this.#stage) this.#enter(position.stage, now.wallMs);
      this.#setUsers(position.users);
      this.#shared?.setRate(position.requestsPerSecond ?? 0);
    }
    if (this.#finishIfEmpty()) return;
    const untilChangeMs =
      ((position?.nextChangeSeconds ?? Infinity) - elapsedSeconds) * (1000 / this.#surroundings.cloud.speed);
    const nextTickMs = now.wallMs + Math.min(longestTickMs, Math.max(0, untilChangeMs));
    this.#cancelTick = this.#surroundings.timers.at(nextTickMs, () => this.#tick());
  }

  #enter(stage: number, wallMs: number): void {
    this.#stage = stage;
    this.#stageOriginMs = wallMs;
    for (const [number, user] of this.#users.entries()) this.#setPace(user, number);
  }

  #setUsers(users: number): void {
    while (this.#users.length > users) this.#users.pop()?.leave();
    while (this.#users.length < users) {
      const user = new User({
        timers: this.#surroundings.timers,
        open: this.#surroundings.open,
        dueQueue: this.#dueQueue,
        tally: this.tally,
        shared: this.#shared,
        newSession: () => this.#requests.session(),
        onGone: (gone) => {
          this.#present.delete(gone);
          if (this.#to !== null) this.#finishIfEmpty();
        },
      });
      this.#present.add(user);
      this.#users.push(user);
      if (this.#shared === null) this.#setPace(user, this.#users.length - 1);
      else user.join();
    }
  }

  #setPace(user: User, number: number): void {
    // Who shares arrivals starts once, and goes on from stage to stage.
    if (this.#shared !== null) return;
    const stage: LoadStage | undefined = this.#profile.stages[this.#stage];
    // Where a stage ends at no users there is no pace to share: who leaves keeps the one of the stage before.
    if (stage === undefined || stage.users === 0) return;
    const { users, requestsPerSecond } = stage;
    const originMs = this.#stageOriginMs;
    user.follow(
      requestsPerSecond === null ? null : paceOf({ user: number, users, requestsPerSecond, originMs }),
    );
  }

  #finishIfEmpty(): boolean {
    if (this.#to === null || this.#present.size > 0) return false;
    if (this.#finished) return true;
    this.#finished = true;
    this.#cancelTick();
    this.#dueQueue.clear();
    const buckets = this.#buckets.finish(this.#now());
    this.#finish({ from: this.#from, to: this.#to, tally: this.tally, buckets });
    return true;
  }
}
