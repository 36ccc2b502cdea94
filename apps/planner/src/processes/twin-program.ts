import { setTimeout as wait } from 'node:timers/promises';
import type { Observation } from '@tideline/evidence';
import { type DescriptionOptions, UsageError, exitCodes, throwIfInterrupted } from '@tideline/process';
import * as z from 'zod';
import { type ChildProgram, startProgram } from './child-program.ts';
import { ProcessError } from './process-error.ts';
import { TwinControl } from './twin-control.ts';

/** How often a starting twin is looked at. */
const pollMs = 50;
/** Wall time in which its service must be healthy. */
const startTimeoutMs = 90_000;
/** Nothing of interest happens while tasks start. */
const startSpeed = 60;

/** A twin that runs, with its service healthy. */
export interface RunningTwin {
  /** Where its clients go, without the base path. */
  readonly url: string;
  readonly control: TwinControl;
}

export interface TwinOptions {
  readonly twinFile: string;
  readonly description: Pick<DescriptionOptions, 'preset' | 'config'>;
  /** Settings over it, as `--set` takes them. */
  readonly settings: readonly string[];
  /** Ends it, and whatever `use` waits for. */
  readonly signal: AbortSignal;
}

/**
 * Starts a twin as a process, waits until its tasks or instances are healthy, lets `use` work with it, and stops it, whatever
 * happens.
 * @returns what `use` returned
 * @throws UsageError, ProcessError where it does not start; InterruptedError; and whatever `use` throws
 */
export async function withTwin<Result>(
  options: TwinOptions,
  use: (twin: RunningTwin) => Promise<Result>,
): Promise<Result> {
  throwIfInterrupted(options.signal);
  const program = startProgram(options.twinFile, twinArguments(options));
  try {
    const twin = await startedTwin(program, options.signal);
    await untilHealthy(twin.control, options.signal);
    return await use(twin);
  } finally {
    await program.stop();
  }
}

const twinArguments = ({ description: { preset, config }, settings }: TwinOptions): readonly string[] => [
  ...['up', '--json', '--speed', String(startSpeed)],
  ...(preset === undefined ? [] : ['--preset', preset]),
  ...(config === undefined ? [] : ['--config', config]),
  ...settings.flatMap((setting) => ['--set', setting]),
];

const startedSchema = z.object({ url: z.string(), control: z.string() });

async function startedTwin(program: ChildProgram, signal: AbortSignal): Promise<RunningTwin> {
  const interrupted = new Promise<null>((resolve) =>
    signal.addEventListener('abort', () => resolve(null), { once: true }),
  );
  const line = await Promise.race([program.firstLine, interrupted]);
  throwIfInterrupted(signal);
  if (line === null) {
    const said = `the twin did not start: ${program.said()}`;
    // What it refuses comes from the description, which is the user’s.
    if ((await program.exitCode) === exitCodes.usage) throw new UsageError(null, said);
    throw new ProcessError(said);
  }
  const { url, control } = startedSchema.parse(JSON.parse(line));
  return { url, control: new TwinControl(control) };
}

async function untilHealthy(control: TwinControl, signal: AbortSignal): Promise<void> {
  const deadlineMs = performance.now() + startTimeoutMs;
  for (;;) {
    throwIfInterrupted(signal);
    const seen = await control.observe();
    if (isHealthy(seen)) return;
    if (performance.now() > deadlineMs) {
      const events = seen.events.slice(-3).map(({ message }) => message);
      throw new ProcessError(
        `the service was not healthy within ${startTimeoutMs / 1000} s; its last events: ${events.join(' ')}`,
      );
    }
    await wait(pollMs);
  }
}

const isHealthy = ({ service: { desired, running, healthy } }: Observation): boolean =>
  desired > 0 && running === desired && healthy === desired;
