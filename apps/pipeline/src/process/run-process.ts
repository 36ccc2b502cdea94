import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { throwIfInterrupted } from '@tideline/process';
import { OutputFile } from './output-file.ts';

/** A program to run to its end. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Variables over those of this process; undefined takes one away. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Written to standard input, which then ends. @default nothing */
  readonly input?: string;
  /** Must end in order even when this process is killed; it gets no input, and its output is all in `lines`. @default false */
  readonly guarded?: boolean;
}

/** How a program is run. */
export interface CommandRun {
  readonly signal: AbortSignal;
  /** Each line of output and of errors. */
  readonly onLine?: (line: string) => void;
  /** From the request to end until the program is killed, with what it started. @default 5 minutes */
  readonly patienceMs?: number;
}

export interface CommandResult {
  readonly exitCode: number;
  /** Standard output alone; nothing for a guarded program. */
  readonly stdout: string;
  /** Output and errors in the order in which they came. */
  readonly lines: readonly string[];
}

/** Runs programs; tests give one of their own. */
export type RunProcess = (command: Command, run: CommandRun) => Promise<CommandResult>;

/** AWS ends its longest calls sooner; then Terraform saves the state, with a minute or two of attempts. */
const defaultPatienceMs = 300_000;

/**
 * Becomes the program, and leaves a process behind that reads from a pipe which only our process holds. A line means that
 * the program has ended; an end without one, that we were killed: then the program is asked to end, as we would have asked.
 */
const guard = '{ read -r _ <&3 || kill -INT "$$"; } </dev/null >/dev/null 2>&1 & exec "$@" 3<&-';

/**
 * Runs a program in a process group of its own, so that Ctrl-C reaches it once, from here: Terraform gives up its lock
 * when it is asked once, and dies without saving its state when it is asked twice. Its end is awaited.
 * @throws InterruptedError when it was asked to stop; Error (ENOENT) when there is no such program
 */
export const runProcess: RunProcess = async (command, { signal, onLine, patienceMs = defaultPatienceMs }) => {
  throwIfInterrupted(signal);
  const stdout: string[] = [];
  const lines: string[] = [];
  const take = (line: string): void => {
    lines.push(line);
    onLine?.(line);
  };
  const output = command.guarded === true ? await OutputFile.open(take) : null;
  const child = start(command, output);
  let lastResort: NodeJS.Timeout | undefined;
  const end = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  };
  const interrupt = (): void => {
    end('SIGINT');
    lastResort = setTimeout(() => end('SIGKILL'), patienceMs);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (line) => {
      stdout.push(line);
      take(line);
    });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', take);
  const [, , , guardInput] = child.stdio;
  if (guardInput instanceof Writable) child.once('exit', () => guardInput.end('\n'));
  // A program that never reads its input closes the pipe first; what it made of that shows in its exit code.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(command.input ?? '');
  try {
    const [exitCode] = (await once(child, 'close')) as [number | null];
    await output?.readAll();
    throwIfInterrupted(signal);
    return { exitCode: exitCode ?? 1, stdout: stdout.join('\n'), lines };
  } finally {
    clearTimeout(lastResort);
    signal.removeEventListener('abort', interrupt);
    await output?.close();
  }
};

function start({ file, args, variables }: Command, output: OutputFile | null) {
  const env = { ...process.env, ...variables };
  if (output === null) return spawn(file, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env });
  const { descriptor } = output;
  const stdio = ['ignore', descriptor, descriptor, 'pipe'] as const;
  return spawn('/bin/sh', ['-c', guard, 'sh', file, ...args], { detached: true, stdio: [...stdio], env });
}
