import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endWithUs, exitCodes } from '@tideline/process';

/** Wall time that a program gets to end in order before it is killed. */
const stopTimeoutMs = 15_000;
/** Seconds that a program gets to end by itself once this process is gone, however that ended. */
const orphanSeconds = 2;
/** Lines of standard error that are kept for a message. */
const keptLines = 20;

/** A program that runs as a process of its own. */
export interface ChildProgram {
  /** Its exit code; 130 where a signal ended it. */
  readonly exitCode: Promise<number>;
  /** Everything on its standard output, once it has ended. */
  readonly output: Promise<string>;
  /** The first line of its standard output; null where it ended without one. */
  readonly firstLine: Promise<string | null>;
  /** The end of what it has said on standard error so far. */
  said(): string;
  /** Asks it to end, as Ctrl-C does, and kills it if it has not after 15 s. Settles once it is gone. */
  stop(): Promise<void>;
}

/** Programs of this process that still run: they are killed when it exits and can await nothing. */
const running = new Set<() => void>();
process.on('exit', () => {
  for (const kill of running) kill();
});

/**
 * Starts a bundled program of ours. It leads a group of its own, so that a terminal’s Ctrl-C reaches this process alone,
 * which stops it in order; and it never outlives this process.
 *
 * @param file its bundle
 */
export function startProgram(file: string, args: readonly string[]): ChildProgram {
  const child = spawn(process.execPath, [file, ...args], {
    detached: true,
    // The pipe to standard input closes with this process.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  endWithUs(child, orphanSeconds);
  child.stdin.on('error', () => undefined); // it has ended: `exitCode` says so
  const kill = (): void => void child.kill('SIGKILL');
  running.add(kill);

  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
  });
  let text = '';
  const firstLine = new Promise<string | null>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('close', () => resolve(null));
  });
  const exitCode = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? exitCodes.interrupted));
  }).finally(() => running.delete(kill));
  // Whoever stops it may be the first to look.
  exitCode.catch(() => undefined);
  return {
    exitCode,
    output: exitCode.then(() => text),
    firstLine,
    said: () => lines.join('\n'),
    stop: async () => {
      child.kill('SIGINT');
      const timer = setTimeout(kill, stopTimeoutMs);
      await exitCode.catch(() => undefined);
      clearTimeout(timer);
    },
  };
}
