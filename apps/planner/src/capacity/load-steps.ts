import type { LoadProfile } from '@tideline/config';
import {
  type CapacityStep,
  type CpuPoint,
  type Objective,
  type StepLimits,
  type StepPurpose,
  type StepVerdict,
  judgeStep,
  stepSeconds,
} from '@tideline/planner';
import type { LoadFigures } from '../processes/load-runner-program.ts';
import { MachineCpu } from './machine-cpu.ts';
import type { MeasuredWindow, MeasuredWindows } from './measured-windows.ts';
import { objectiveLatency } from './objective-latency.ts';
import { stepProfile } from './step-profile.ts';

/** Load that nobody judges, so that the first step meets a program that has run before. Seconds. */
const warmUpSeconds = 4;
/** Time without load in which idle CPU is measured. Seconds. */
const idleSeconds = 3;
/** Wall time that a step takes besides its load: the generator starts and reports, cloud time hurries on. Seconds. */
const stepOverheadSeconds = 2.5;
/** Cloud seconds of a minute that a step may fill at most, so that it is the minute’s only one. */
const usableCloudSeconds = 30;

/** A stretch of time with what the unit used: for the line of CPU by rate. */
export interface UsedCpu extends CpuPoint {
  readonly responseTimeMs: number | null;
}

export interface LoadStepsOptions {
  readonly profile: LoadProfile;
  readonly objective: Objective;
  readonly limits: StepLimits;
  /** Null where nobody measures the unit’s CPU. */
  readonly windows: MeasuredWindows | null;
  /** Drives a profile once. */
  readonly drive: (profile: LoadProfile) => Promise<LoadFigures>;
  readonly onStep: (step: CapacityStep) => void;
}

/** Drives the steps of a measurement at one unit, and keeps what each showed. */
export class LoadSteps {
  readonly steps: CapacityStep[] = [];
  readonly used: UsedCpu[] = [];
  readonly #options: LoadStepsOptions;
  #idleCpuPercent = 0;

  constructor(options: LoadStepsOptions) {
    this.#options = options;
  }

  /** How long a step takes at most in all, seconds. */
  secondsOf(requestsPerSecond: number): number {
    return stepSeconds(requestsPerSecond, this.#options.objective) + stepOverheadSeconds;
  }

  /**
   * Warms the unit up with load that is thrown away, then measures it without any.
   * @param sleep waits so many seconds
   * @throws UsageError TL-CAPACITY-SLO where the load runner does not measure the objective’s percentile
   */
  async prepare(requestsPerSecond: number, sleep: (seconds: number) => Promise<unknown>): Promise<void> {
    const { objective, windows } = this.#options;
    objectiveLatency(await this.#drive(requestsPerSecond, warmUpSeconds), objective);
    if (windows === null) return;
    await windows.cut();
    await sleep(idleSeconds);
    const idle = await windows.cut();
    if (idle === null) return;
    this.#idleCpuPercent = idle.cpuPercent;
    this.used.push({ requestsPerSecond: 0, cpuPercent: idle.cpuPercent, responseTimeMs: null });
  }

  /** Drives one step, and judges it. */
  async run(requestsPerSecond: number, purpose: StepPurpose): Promise<StepVerdict> {
    const { objective, limits, windows, onStep } = this.#options;
    const seconds = stepSeconds(requestsPerSecond, objective, purpose);
    await windows?.setSpeed(Math.min(1, usableCloudSeconds / (seconds + stepOverheadSeconds)));
    const machine = new MachineCpu();
    const figures = await this.#drive(requestsPerSecond, seconds);
    const machineCpuPercent = machine.busyPercent(new Date(figures.startedAt), new Date(figures.finishedAt));
    const { requests, failures, generatorLimited } = figures.load;
    // The generator’s own rates have the half second in which its users join.
    const { requestsPerSecond: kept, askedRequestsPerSecond: asked } = figures.load;
    const sentRequestsPerSecond = asked === null || asked === 0 ? 0 : (requestsPerSecond * kept) / asked;
    const window = (await windows?.cut()) ?? null;
    if (window !== null) this.#keep(window, requests);
    const measured = {
      requestsPerSecond,
      sentRequestsPerSecond,
      seconds,
      requests,
      latencyMilliseconds: objectiveLatency(figures, objective),
      failedPercent: requests === 0 ? 100 : (failures.total / requests) * 100,
      failures: failures.byKind,
      cpuPercent: window === null ? null : this.#cpuAt(sentRequestsPerSecond, window, requests),
      machineCpuPercent,
    };
    const step = { purpose, ...measured, verdict: judgeStep({ ...measured, generatorLimited }, limits) };
    this.steps.push(step);
    onStep(step);
    return step.verdict;
  }

  #drive(requestsPerSecond: number, seconds: number): Promise<LoadFigures> {
    const { profile, objective, drive } = this.#options;
    return drive(stepProfile(profile, { requestsPerSecond, seconds, objective }));
  }

  #keep({ wallSeconds, cpuPercent, responseTimeMs }: MeasuredWindow, requests: number): void {
    this.used.push({ requestsPerSecond: requests / wallSeconds, cpuPercent, responseTimeMs });
  }

  /** CPU at the step’s rate: its window also has the moments before and after the load. */
  #cpuAt(requestsPerSecond: number, { wallSeconds, cpuPercent }: MeasuredWindow, requests: number): number {
    const overIdle = Math.max(0, cpuPercent - this.#idleCpuPercent);
    const meanRate = requests / wallSeconds;
    return meanRate > 0 ? this.#idleCpuPercent + (overIdle * requestsPerSecond) / meanRate : cpuPercent;
  }
}
