import type { LoadProfile } from '@tideline/config';
import { createLogUpdate } from 'log-update';
import type { LoadGenerator } from '../load/load-generator.ts';
import type { ObservedClock } from '../observe/observed-clock.ts';
import type { ObservationLog } from '../observe/observation-log.ts';
import { progressLine } from './progress-line.ts';

/** What progress is read from. */
export interface FollowedRun {
  readonly profile: LoadProfile;
  readonly generator: LoadGenerator;
  readonly log: ObservationLog;
  readonly clock: ObservedClock;
}

/** Where progress lines go. */
export interface ProgressOutput {
  readonly everyMs: number;
  show(line: string): void;
  end(): void;
}

/** One line that is written over and over, on a terminal; plain lines every few seconds elsewhere. */
export function progressOutput(stream: NodeJS.WriteStream): ProgressOutput {
  if (!stream.isTTY) {
    return { everyMs: 5000, show: (line) => stream.write(`${line}\n`), end: () => undefined };
  }
  const rewrite = createLogUpdate(stream);
  return {
    everyMs: 250,
    show: (line) => rewrite(line.slice(0, stream.columns - 1)),
    end: () => {
      rewrite.clear();
      // Shows the cursor again.
      rewrite.done();
    },
  };
}

/** Shows lines, and keeps them too. */
export const keptOutput = (output: ProgressOutput, kept: string[]): ProgressOutput => ({
  ...output,
  show: (line) => {
    kept.push(line);
    output.show(line);
  },
});

/** Shows how a run is going. */
export class Progress {
  readonly #output: ProgressOutput | null;
  #timer: NodeJS.Timeout | undefined;
  #deadlineSeconds: number | null = null;
  #before = { wallMs: 0, sent: 0 };

  /** @param output null shows nothing. */
  constructor(output: ProgressOutput | null) {
    this.#output = output;
  }

  follow(run: FollowedRun): void {
    const output = this.#output;
    if (output === null) return;
    const startSeconds = run.clock.now();
    this.#before = { wallMs: performance.now(), sent: 0 };
    this.#timer = setInterval(() => output.show(this.#line(run, startSeconds)), output.everyMs);
  }

  waitForScaleIn(deadlineSeconds: number): void {
    this.#deadlineSeconds = deadlineSeconds;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#output?.end();
  }

  #line({ profile, generator, log, clock }: FollowedRun, startSeconds: number): string {
    const { sent, failed } = generator.tally;
    const wallMs = performance.now();
    const requestsPerSecond = ((sent - this.#before.sent) * 1000) / (wallMs - this.#before.wallMs);
    this.#before = { wallMs, sent };
    const elapsed = clock.now() - startSeconds;
    return progressLine({
      profile: profile.name,
      loadSeconds: generator.isOver ? null : { elapsed, all: generator.seconds },
      patienceSeconds: this.#deadlineSeconds === null ? null : this.#deadlineSeconds - clock.now(),
      users: generator.users,
      requestsPerSecond,
      sent,
      failed,
      observation: log.latest,
    });
  }
}
