import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Variables } from '@tideline/process/description';

/** Time that a tool has to say its version. */
const longestAnswerMs = 10_000;

/** What the doctor asks of the machine that it runs on; tests give their own. */
export interface Machine {
  readonly nodeVersion: string;
  readonly home: string;
  readonly variables: Variables;
  readonly exists: (file: string) => boolean;
  /** What a program prints; null where it is missing, fails, or does not answer. */
  readonly output: (program: string, args: readonly string[]) => Promise<string | null>;
}

/** This machine. */
export const thisMachine = (variables: Variables): Machine => ({
  nodeVersion: process.versions.node,
  home: homedir(),
  variables,
  exists: existsSync,
  output: (program, args) =>
    new Promise((resolve) => {
      execFile(program, [...args], { timeout: longestAnswerMs }, (error, stdout) =>
        resolve(error === null ? stdout.trim() : null),
      );
    }),
});
