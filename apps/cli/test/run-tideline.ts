import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

export const workspaceRoot = join(import.meta.dirname, '..', '..', '..');
/** The dispatcher as the workspace bundles it. */
export const workspaceProgram = join(workspaceRoot, 'dist', 'apps', 'cli', 'main.mjs');

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Variables of a person’s shell: what npm and Nx set for the run of the tests is no part of it. */
export function plainVariables(variables: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|TIDELINE_|CDKTF_|AWS_|NODE_OPTIONS$|FORCE_COLOR$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...variables };
}

/** Runs a program to its end. */
export function run(file: string, args: readonly string[], { cwd, variables }: Surroundings): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      file,
      [...args],
      { cwd, env: plainVariables(variables) },
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/** Runs `tideline` of the workspace. */
export const tideline = (args: readonly string[], surroundings: Surroundings): Promise<Ended> =>
  run(process.execPath, [workspaceProgram, ...args], surroundings);

/** Where `tideline up --json` listens, once it does. */
export async function started({ stdout }: { readonly stdout: Readable }) {
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
  return JSON.parse(line) as { readonly url: string; readonly control: string };
}

/** The first answer with status 200. */
export async function answerOf(url: string): Promise<string> {
  for (;;) {
    const response = await fetch(url);
    const text = await response.text();
    if (response.status === 200) return text;
    await setTimeout(50);
  }
}

/** Writes files by their names in a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
