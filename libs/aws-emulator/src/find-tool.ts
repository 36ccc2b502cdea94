import { findExecutable } from '@tideline/process';

/** How to get each program that is not an npm package, in the words of a skipped suite’s title. */
const installations = {
  terraform: 'install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install',
  moto_server: 'run: pip install -r tools/requirements.txt',
  shellcheck: 'install ShellCheck: https://github.com/koalaman/shellcheck#installing',
} as const;

export type ToolName = keyof typeof installations;

/**
 * The file of a program on PATH, or undefined when it is missing.
 *
 * @param searchPath folders, separated as in PATH. @default the environment’s PATH
 */
export function findTool(name: ToolName, searchPath = process.env.PATH ?? ''): string | undefined {
  return findExecutable(name, searchPath);
}

/** One sentence per missing tool: `moto_server is missing; run: …`. Empty when all are there. */
export function missingTools(names: readonly ToolName[], searchPath?: string): readonly string[] {
  return names
    .filter((name) => findTool(name, searchPath) === undefined)
    .map((name) => `${name} is missing; ${installations[name]}`);
}
