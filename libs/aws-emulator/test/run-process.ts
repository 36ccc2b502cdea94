import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { descendants, signal } from './process-tree.ts';

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface RunningProcess {
  readonly finished: Promise<FinishedProcess>;
  /** Asks the process to stop, as Ctrl-C does. */
  interrupt(): void;
  /** Kills the process and everything it started, at once and without a chance to clean up. */
  kill(): Promise<void>;
}

export interface FinishedProcess {
  /** Undefined for a process that a signal ended. */
  readonly exitCode: number | undefined;
  /** What it wrote, errors included, without colours. */
  readonly output: string;
}

const colours = new RegExp(String.raw`\u001b\[[0-9;]*[A-Za-z]`, 'g');

/** Starts a program and collects what it writes. */
export function startProcess(file: string, args: readonly string[], options: ProcessOptions): RunningProcess {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const finished = once(child, 'close').then(([exitCode]) => ({
    exitCode: (exitCode as number | null) ?? undefined,
    output: output.replaceAll(colours, ''),
  }));
  return {
    finished,
    interrupt: () => child.kill('SIGINT'),
    kill: async () => {
      killTree(child);
      await finished;
    },
  };
}

/** A child in a terminal of its own, as cdktf gives Terraform, is in no group of ours: follow the parents instead. */
function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const victim of [pid, ...descendants(pid)]) signal(victim, 'SIGKILL');
}

/** Lines of a failed command’s output that its error repeats. */
const keptLines = 60;

/** What a command wrote. @throws Error with the end of it when the command failed */
export function successful(command: string, { exitCode, output }: FinishedProcess): string {
  if (exitCode === 0) return output;
  const end = output.trimEnd().split('\n').slice(-keptLines).join('\n');
  throw new Error(`${command} ended with ${exitCode ?? 'a signal'}:\n${end}`);
}
