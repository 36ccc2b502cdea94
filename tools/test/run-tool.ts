import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const workspaceRoot = join(import.meta.dirname, '..', '..');

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface ToolOptions {
  /** @default the workspace */
  readonly cwd?: string;
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** Runs a script of a tools folder to its end. What npm and the user set for the run of the tests is no part of it. */
export function runTool(
  script: string,
  args: readonly string[],
  { cwd = workspaceRoot, variables = {} }: ToolOptions = {},
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|TIDELINE_|CDKTF_|AWS_|NODE_OPTIONS$|FORCE_COLOR$)/.test(name),
  );
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [script, ...args],
      { cwd, env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...variables } },
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}
