import { type ReleaseSettings, type ShiftStep, shiftSteps } from '@tideline/config';
import { type Clock, deadline } from '../clock/clock.ts';
import { Reconciler } from '../fleet/reconciler.ts';
import type { TaskDefinition } from '../tasks/task-runtime.ts';
import type { Release, ReleaseError } from './release.ts';
import { ReleaseHistory, type ReleaseHistoryOptions } from './release-history.ts';

/** What a release acts on: two sets of tasks and the traffic between them. */
export interface ReleaseStage {
  startReplacement(definition: TaskDefinition): void;
  /** Every wanted task of the replacement runs and is healthy. */
  readonly isReplacementSteady: boolean;
  /** Sends test traffic to the replacement. @returns why it did not pass, or null */
  testReplacement(): Promise<string | null>;
  /** @param percent share of the requests that the replacement gets from now on */
  shift(percent: number): void;
  /** The replacement is what the service is from now on. */
  promote(): void;
  /** Ends the replacement; the original is what the service is. */
  endReplacement(): void;
  endOriginal(): void;
  /** Nothing is left of the set that was ended. */
  readonly isEnded: boolean;
}

export interface ReleaseControllerOptions extends ReleaseHistoryOptions {
  readonly settings: ReleaseSettings<'blue-green'>;
  readonly stage: ReleaseStage;
}

/** A release is under way, or there is none to stop. */
export class ReleaseConflict extends Error {
  override readonly name = 'ReleaseConflict';
}

/** A scaling event, or a lost task, leaves the shift this long to be steady again (ECS guide, blue/green deployment with CodeDeploy). */
export const unsteadyGraceSeconds = 300;

/** What a busy machine may take to start a set of processes: at a high speed more than the cloud’s own limit. */
const startFloorWallSeconds = 15;

const startDeadline = (clock: Clock, cloudSeconds: number): number =>
  deadline(clock, { cloudSeconds, floorWallSeconds: startFloorWallSeconds });

type Phase = 'install' | 'test' | 'shift' | 'bake' | 'terminate' | 'rollback';

/** Takes one release after another through its lifecycle, and back when it fails. */
export class ReleaseController {
  readonly #options: ReleaseControllerOptions;
  readonly #reconciler: Reconciler;
  readonly #history: ReleaseHistory;
  #phase: Phase = 'install';
  #deadlineSeconds = 0;
  #steps: readonly ShiftStep[] = [];
  #shiftStartSeconds = 0;
  #steadyBySeconds: number | undefined;
  #testResult: { readonly failure: string | null } | undefined;

  constructor(options: ReleaseControllerOptions) {
    this.#options = options;
    this.#history = new ReleaseHistory(options);
    this.#reconciler = new Reconciler(options.clock, () => this.#reconcile());
  }

  /** The release under way. */
  get active(): Release | undefined {
    return this.#history.active;
  }

  all(): readonly Release[] {
    return this.#history.all();
  }

  /** @throws ReleaseConflict while another one is under way */
  start(from: TaskDefinition, to: TaskDefinition): Release {
    if (this.active !== undefined)
      throw new ReleaseConflict(
        `deployment ${this.active.id} is ${this.active.status}; stop it, or wait for its end`,
      );
    const { clock, settings } = this.#options;
    this.#phase = 'install';
    this.#deadlineSeconds = startDeadline(clock, settings.healthyWithinMinutes * 60);
    this.#history.begin(from, to);
    this.#history.mark('Succeeded', 'BeforeInstall');
    this.#history.mark('InProgress', 'Install');
    this.#options.stage.startReplacement(to);
    this.changed();
    return this.#history.current;
  }

  /** Stops the release and rolls it back. @throws ReleaseConflict when there is none to stop */
  stop(): void {
    if (this.active === undefined || this.#phase === 'rollback' || this.#phase === 'terminate')
      throw new ReleaseConflict('no deployment is under way that could still be stopped');
    this.#fail({ code: 'MANUAL_STOP', message: 'stopped by hand' }, 'Stopped');
  }

  /** An alarm of the release is in ALARM. */
  alarmed(what: string): void {
    if (this.active === undefined || this.#phase === 'rollback' || this.#phase === 'terminate') return;
    this.#fail({ code: 'ALARM_ACTIVE', message: what }, 'Failed');
  }

  /** To be called whenever tasks, targets or the desired count may have changed. */
  changed(): void {
    if (this.active !== undefined) this.#reconciler.queue();
  }

  close(): void {
    this.#reconciler.close();
  }

  #reconcile(): void {
    if (this.active === undefined) return;
    switch (this.#phase) {
      case 'install':
        this.#install();
        return;
      case 'test':
        this.#judgeTest();
        return;
      case 'shift':
        this.#shift();
        return;
      case 'bake':
        this.#bake();
        return;
      case 'terminate':
        if (this.#options.stage.isEnded) this.#history.end('Succeeded', 'succeeded');
        return;
      case 'rollback':
        if (this.#options.stage.isEnded) this.#history.end(this.#history.current.status, 'rolled back');
        return;
    }
  }

  #install(): void {
    const { clock, settings, stage } = this.#options;
    if (stage.isReplacementSteady) {
      this.#history.mark('Succeeded', 'Install', 'AfterInstall', 'AllowTestTraffic');
      this.#history.mark('InProgress', 'AfterAllowTestTraffic');
      this.#phase = 'test';
      this.#testResult = undefined;
      const tested = this.#history.current.id;
      void stage.testReplacement().then((failure) => {
        if (this.active?.id !== tested) return;
        this.#testResult = { failure };
        this.changed();
      });
      return;
    }
    if (clock.now() < this.#deadlineSeconds) {
      this.#reconciler.wakeAt(this.#deadlineSeconds);
      return;
    }
    const message = `the new tasks did not become healthy within ${settings.healthyWithinMinutes} minutes`;
    this.#fail({ code: 'TIMEOUT', message }, 'Failed');
  }

  #judgeTest(): void {
    if (this.#testResult === undefined) return;
    const { failure } = this.#testResult;
    if (failure !== null) {
      this.#fail({ code: 'HOOK_EXECUTION_FAILURE', message: failure }, 'Failed');
      return;
    }
    this.#history.mark('Succeeded', 'AfterAllowTestTraffic', 'BeforeAllowTraffic');
    this.#history.mark('InProgress', 'AllowTraffic');
    this.#phase = 'shift';
    this.#steps = shiftSteps(this.#options.settings.shift);
    this.#shiftStartSeconds = this.#options.clock.now();
    this.#steadyBySeconds = undefined;
    this.#shift();
  }

  #shift(): void {
    if (this.#failsUnsteady()) return;
    const { clock, stage, settings } = this.#options;
    for (let [step] = this.#steps; step !== undefined; [step] = this.#steps) {
      const atSeconds = this.#shiftStartSeconds + step.afterSeconds;
      if (clock.now() < atSeconds) {
        this.#reconciler.wakeAt(atSeconds);
        return;
      }
      this.#steps = this.#steps.slice(1);
      this.#setShare(step.percent);
    }
    this.#history.mark('Succeeded', 'AllowTraffic', 'AfterAllowTraffic');
    stage.promote();
    this.#phase = 'bake';
    this.#deadlineSeconds = clock.now() + settings.terminationWaitMinutes * 60;
    this.#history.update({ status: 'Ready' });
    this.#bake();
  }

  #bake(): void {
    if (this.#failsUnsteady()) return;
    const { clock, stage } = this.#options;
    if (clock.now() < this.#deadlineSeconds) {
      this.#reconciler.wakeAt(this.#deadlineSeconds);
      return;
    }
    this.#phase = 'terminate';
    stage.endOriginal();
    this.changed();
  }

  /** True when the new tasks have been short of what is wanted for too long, and the release has failed for it. */
  #failsUnsteady(): boolean {
    const { clock, stage } = this.#options;
    if (stage.isReplacementSteady) {
      this.#steadyBySeconds = undefined;
      return false;
    }
    this.#steadyBySeconds ??= startDeadline(clock, unsteadyGraceSeconds);
    this.#reconciler.wakeAt(this.#steadyBySeconds);
    if (clock.now() < this.#steadyBySeconds) return false;
    const message = `the new tasks were not steady for ${unsteadyGraceSeconds} s while traffic was on them`;
    this.#fail({ code: 'HEALTH_CONSTRAINTS', message }, 'Failed');
    return true;
  }

  #fail(error: ReleaseError, status: 'Failed' | 'Stopped'): void {
    this.#phase = 'rollback';
    if (this.#history.current.shifts.length > 0) this.#setShare(0);
    this.#options.stage.endReplacement();
    this.#history.fail(error, status);
    this.changed();
  }

  #setShare(percent: number): void {
    this.#options.stage.shift(percent);
    this.#history.shifted(percent);
  }
}
