import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { StartFailure, type TaskEndpoint, type TaskExit } from '../tasks/task-runtime.ts';
import { endWords } from './child-end.ts';
import { type Listener, type Look, becomesReady, longestStartMs } from './readiness.ts';
import type { TaskOutput } from './task-output.ts';

/** Wall time for which the last words of a program are waited for, where a process that went to the background keeps its output open. */
const lastWordsMs = 500;

/** A program of the user’s that was just started. */
export interface StartedProgram {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly listener: Listener;
  readonly look: Look;
  readonly output: TaskOutput;
}

interface Life {
  readonly exited: Promise<TaskExit>;
  /** Aborted once it has ended. */
  readonly ended: AbortSignal;
  readonly kill: () => void;
  /** What makes it ready, for the message where it was not in time. */
  readonly must: string;
}

/**
 * Keeps its output, and waits until it is ready.
 * @returns where it listens. @throws StartFailure with its last words, once it has ended or was killed for being late
 */
export function programStart(program: StartedProgram, life: Life): Promise<TaskEndpoint> {
  const { child, output } = program;
  output.read(child.stdout);
  output.read(child.stderr);
  const listening = start(program, life);
  // A task that is stopped while it starts has no reader of it.
  listening.catch(() => undefined);
  return listening;
}

async function start(
  { child, listener, look, output }: StartedProgram,
  { exited, ended, kill, must }: Life,
): Promise<TaskEndpoint> {
  const failed = new Promise<never>((_resolve, reject) =>
    child.once('error', (error) => reject(new StartFailure(error.message, { cause: error }))),
  );
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  if (await Promise.race([failed, becomesReady(listener, look, ended)])) return listener;
  if (!ended.aborted) {
    kill();
    throw new StartFailure(
      output.epitaph(
        `nothing was ready on 127.0.0.1:${listener.port} within ${longestStartMs / 1000} s; ${must}`,
      ),
    );
  }
  const exit = await exited;
  await Promise.race([closed, pause(lastWordsMs)]);
  throw new StartFailure(output.epitaph(endWords(exit)));
}
