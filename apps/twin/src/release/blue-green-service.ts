import type { ServiceCounts } from '@tideline/evidence';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../fleet/event-log.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { type ServiceScheduler, serviceUtilisationKeys } from '../service/service-scheduler.ts';
import type { BackendVersion, TaskDefinition } from '../tasks/task-runtime.ts';
import type { Task } from '../tasks/task.ts';
import type { Release } from './release.ts';
import { ReleaseController, type ReleaseControllerOptions, type ReleaseStage } from './release-controller.ts';
import { type TargetGroupColour, type Weights, otherColour, weightsFor } from './traffic-switch.ts';

/** One version’s tasks, in one target group. */
export interface TaskSet {
  readonly colour: TargetGroupColour;
  readonly definition: TaskDefinition;
  readonly scheduler: ServiceScheduler;
}

interface NewTaskSet {
  readonly colour: TargetGroupColour;
  readonly definition: TaskDefinition;
  readonly desired: number;
  /** The first set of a service, which has nothing to return to: it gives up when its tasks keep failing. */
  readonly isFirst: boolean;
  readonly onSteady: () => void;
}

export interface BlueGreenServiceOptions extends Pick<
  ReleaseControllerOptions,
  'settings' | 'newId' | 'onChange'
> {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly desired: number;
  readonly firstDefinition: TaskDefinition;
  readonly createSet: (options: NewTaskSet) => ServiceScheduler;
  /** Sets the weights of the production listener. */
  readonly shift: (weights: Weights) => void;
  /** Sends test traffic to a group. @returns why it did not pass, or null */
  readonly test: (colour: TargetGroupColour) => Promise<string | null>;
  /** Called whenever the service has reached a steady state. */
  readonly onSteady: () => void;
}

/**
 * A service released blue/green: one set of tasks, and a second one for as long as a release is under way. Both hold the desired
 * count. What counts as the service is the set that all traffic went to last.
 */
export class BlueGreenService implements Fleet, ReleaseStage {
  readonly kind = 'blue-green';
  readonly unit = 'task';
  readonly utilisationKeys = serviceUtilisationKeys;
  readonly releases: ReleaseController;
  readonly #options: BlueGreenServiceOptions;
  #desired: number;
  #primary: TaskSet;
  /** Of a release under way: the set that was there before, and the new one. */
  #original: TaskSet | undefined;
  #replacement: TaskSet | undefined;
  #ending: TaskSet | undefined;
  #latestRevision: number;
  readonly #lostZones = new Set<string>();

  constructor(options: BlueGreenServiceOptions) {
    this.#options = options;
    this.#desired = options.desired;
    this.#latestRevision = options.firstDefinition.revision;
    this.#primary = this.#createSet('blue', options.firstDefinition, true);
    this.releases = new ReleaseController({ ...options, stage: this });
  }

  get desired(): number {
    return this.#desired;
  }

  /** The set that is the service now. */
  get primary(): TaskSet {
    return this.#primary;
  }

  get isRollingOut(): boolean {
    return this.releases.active !== undefined;
  }

  /** Nothing is scaled in while a deployment runs (Amazon ECS guide, service auto scaling). */
  get isScaleInHeld(): boolean {
    return this.isRollingOut;
  }

  /** Every set of a service has as many tasks as the service wants (ECS, task sets of scale 100 %), but one that is ending. */
  setDesired(desired: number): void {
    if (desired === this.#desired) return;
    this.#desired = desired;
    for (const set of this.#sets()) if (set !== this.#ending) set.scheduler.setDesired(desired);
    this.releases.changed();
  }

  /** Starts a release of another version. @throws ReleaseConflict while one is under way */
  deploy(change: BackendVersion): Release {
    const definition = { revision: this.#latestRevision + 1, ...change };
    const release = this.releases.start(this.#primary.definition, definition);
    this.#latestRevision = definition.revision;
    return release;
  }

  startReplacement(definition: TaskDefinition): void {
    this.#original = this.#primary;
    this.#replacement = this.#createSet(otherColour(this.#primary.colour), definition, false);
  }

  get isReplacementSteady(): boolean {
    return this.#replacement?.scheduler.isSteady ?? false;
  }

  testReplacement(): Promise<string | null> {
    return this.#options.test(this.#underRelease().replacement.colour);
  }

  shift(percent: number): void {
    this.#options.shift(weightsFor(this.#underRelease().replacement.colour, percent));
  }

  promote(): void {
    this.#primary = this.#underRelease().replacement;
  }

  endReplacement(): void {
    const { original, replacement } = this.#underRelease();
    this.#primary = original;
    this.#endSet(replacement);
  }

  endOriginal(): void {
    this.#endSet(this.#underRelease().original);
  }

  get isEnded(): boolean {
    const ending = this.#ending;
    if (ending === undefined) return true;
    if (!ending.scheduler.isSteady) return false;
    ending.scheduler.close();
    this.#original = undefined;
    this.#replacement = undefined;
    this.#ending = undefined;
    return true;
  }

  counts(): ServiceCounts {
    return this.#primary.scheduler.counts();
  }

  /** Tasks count as soon as they run. */
  warmup(): null {
    return null;
  }

  measured(): readonly Task[] {
    return this.#sets().flatMap(({ scheduler }) => scheduler.measured());
  }

  /** Tasks of every set that are not STOPPED. */
  tasks(): readonly Task[] {
    return this.#sets().flatMap(({ scheduler }) => scheduler.tasks());
  }

  task(id: string): Task | undefined {
    return this.tasks().find((task) => task.id === id);
  }

  loseZone(zone: string): void {
    this.#lostZones.add(zone);
    for (const { scheduler } of this.#sets()) scheduler.loseZone(zone);
  }

  restoreZone(zone: string): void {
    this.#lostZones.delete(zone);
    for (const { scheduler } of this.#sets()) scheduler.restoreZone(zone);
  }

  /** To be called whenever a task’s protection from scale-in was set or taken off. */
  protectionChanged(): void {
    for (const { scheduler } of this.#sets()) scheduler.protectionChanged();
  }

  healthChanged(): void {
    for (const { scheduler } of this.#sets()) scheduler.healthChanged();
    this.releases.changed();
  }

  close(): void {
    this.releases.close();
    for (const { scheduler } of this.#sets()) scheduler.close();
  }

  #createSet(colour: TargetGroupColour, definition: TaskDefinition, isFirst: boolean): TaskSet {
    const scheduler = this.#options.createSet({
      colour,
      definition,
      desired: this.#desired,
      isFirst,
      onSteady: () => {
        if (this.#primary.scheduler === scheduler) this.#options.onSteady();
        this.releases.changed();
      },
    });
    for (const zone of this.#lostZones) scheduler.loseZone(zone);
    return { colour, definition, scheduler };
  }

  #endSet(set: TaskSet): void {
    this.#ending = set;
    set.scheduler.setDesired(0);
  }

  #sets(): readonly TaskSet[] {
    return this.#original === undefined || this.#replacement === undefined
      ? [this.#primary]
      : [this.#original, this.#replacement];
  }

  #underRelease(): { readonly original: TaskSet; readonly replacement: TaskSet } {
    if (this.#original === undefined || this.#replacement === undefined)
      throw new Error('no release is under way');
    return { original: this.#original, replacement: this.#replacement };
  }
}
