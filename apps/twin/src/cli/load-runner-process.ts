import { spawn } from 'node:child_process';
import { endWithUs, exitCodes } from '@tideline/process';

/** Wall time that an interrupted load runner gets to write its partial record. */
const interruptTimeoutMs = 10_000;

export interface LoadRunnerProcess {
  readonly exitCode: Promise<number>;
  /** Asks it to stop the load and write what it has. */
  interrupt(): void;
}

/** Starts the load runner as a process of its own; what it prints goes where the twin’s output goes. */
export function startLoadRunner(options: {
  readonly file: string;
  readonly args: readonly string[];
  /** Called before the first thing it prints on stdout. */
  readonly onOutput: () => void;
}): LoadRunnerProcess {
  // A group of its own: Ctrl-C reaches the twin alone, which passes it on. The pipe to stdin ends with the twin.
  const child = spawn(process.execPath, [options.file, '--stop-on-stdin-end', ...options.args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  endWithUs(child, interruptTimeoutMs / 1000);
  child.stdout.once('data', options.onOutput);
  child.stdout.pipe(process.stdout);
  child.stdin.on('error', () => undefined); // it has ended: `exitCode` says so
  const exitCode = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? exitCodes.interrupted));
  });
  return {
    exitCode,
    interrupt: () => {
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGKILL'), interruptTimeoutMs);
      void exitCode.finally(() => clearTimeout(timer));
    },
  };
}
