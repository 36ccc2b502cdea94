import type { Environment } from '@tideline/config';
import { Interruption, exitCodes } from '@tideline/process';
import { listenControl } from '../control/listen-control.ts';
import type { LoopbackServer } from '../control/listen-loopback.ts';
import { type Progress, showProgress } from '../progress/show-progress.ts';
import type { Release } from '../release/release.ts';
import { taskSecrets } from '../runtimes/task-secrets.ts';
import { openTraces } from '../traces/open-traces.ts';
import { startTwin, type Twin } from '../twin.ts';
import { resumeRelease } from './resume-release.ts';

/** Of a task’s id, enough to tell it from the others. */
const shownIdLength = 8;

export interface OpenTwinOptions {
  readonly environment: Environment;
  readonly speed: number;
  readonly port: number;
  readonly controlPort: number;
  readonly backendFile: string;
  /** Shows what tasks print. */
  readonly logs: boolean;
  /** Where spans go: `print`, a file, or the URL of a collector. @default nothing is traced */
  readonly traces?: string;
  /** Hears of every change of a blue/green release. @default nobody does */
  readonly onRelease?: (release: Release) => void;
}

/** A running twin with its control API and its display. */
export interface OpenTwin {
  readonly twin: Twin;
  readonly control: LoopbackServer;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

/**
 * Opens a twin, lets `use` work with it, and closes everything again, whatever happens.
 * @returns what `use` returned
 * @throws ListenError, ReleaseNoteError, UsageError and WriteError of `traces`, and whatever `use` throws
 */
export async function withTwin<Result>(
  options: OpenTwinOptions,
  use: (open: OpenTwin) => Promise<Result>,
): Promise<Result> {
  let progress: Progress | undefined;
  const show = (line: string): void => {
    // The first task may print before there is a display.
    if (progress === undefined) process.stderr.write(`${line}\n`);
    else progress.line(line);
  };
  const resumed = resumeRelease(options.environment, process.stderr);
  const traces = await openTraces(options.environment, options.traces, show);
  const twin = await startTwin({
    ...options,
    traceVariables: traces.variables,
    ...resumed.options,
    onRelease: (release) => {
      resumed.options.onRelease?.(release);
      options.onRelease?.(release);
    },
    secrets: taskSecrets(options.environment, process.env, process.stderr),
    onEvent: (event) => progress?.event(event),
    onOutput: (taskId, line) => {
      if (!options.logs) return;
      show(`[${taskId.slice(0, shownIdLength)}] ${line}`);
    },
  }).catch(async (error: unknown) => {
    await traces.close();
    throw error;
  });
  try {
    const interruption = watchInterruption(() => twin.killAll());
    const control = await listenControl(twin, options.controlPort);
    try {
      resumed.started();
      progress = showProgress(twin, process.stderr);
      return await use({ twin, control, progress, interruption });
    } finally {
      progress?.stop();
      await control.close();
    }
  } finally {
    await twin.close();
    // Tasks export what is left as they end.
    await traces.close();
  }
}

/**
 * Watches for the signals that end a program. The first asks for an orderly end; one that comes after it,
 * when the user has lost patience, ends everything at once.
 */
export function watchInterruption(endAtOnce: () => void): Interruption {
  process.on('exit', endAtOnce);
  return new Interruption(process, {
    signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    onLater: () => process.exit(exitCodes.interrupted),
  });
}
