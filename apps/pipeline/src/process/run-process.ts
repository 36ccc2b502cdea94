import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { throwIfInterrupted } from '@tideline/process';

/** A program to run to its end. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Variables over those of this process; undefined takes one away. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Written to standard input, which then ends. @default nothing */
  readonly input?: string;
}

interface CommandRun {
  readonly signal: AbortSignal;
  /** Each line of output and of errors. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  readonly exitCode: number;
  /** Standard output alone. */
  readonly stdout: string;
  /** Output and errors in the order in which they came. */
  readonly lines: readonly string[];
}

/** Runs programs; tests give one of their own. */
export type RunProcess = (command: Command, run: CommandRun) => Promise<CommandResult>;

/**
 * Runs a program in a process group of its own, so that Ctrl-C reaches it once, from here: Terraform gives up its lock
 * when it is asked once, and dies without saving its state when it is asked twice. Its end is awaited.
 * @throws InterruptedError when it was asked to stop; Error (ENOENT) when there is no such program
 */
export const runProcess: RunProcess = async ({ file, args, variables, input }, { signal, onLine }) => {
  throwIfInterrupted(signal);
  const child = spawn(file, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
  });
  const interrupt = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  };
  signal.addEventListener('abort', interrupt, { once: true });
  const stdout: string[] = [];
  const lines: string[] = [];
  const take = (line: string): void => {
    lines.push(line);
    onLine?.(line);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout.push(line);
    take(line);
  });
  createInterface({ input: child.stderr }).on('line', take);
  // A program that never reads its input closes the pipe first; what it made of that shows in its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  try {
    const [exitCode] = (await once(child, 'close')) as [number | null];
    throwIfInterrupted(signal);
    return { exitCode: exitCode ?? 1, stdout: stdout.join('\n'), lines };
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
};
