import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { UsageError, messageOf } from '@tideline/process';

const largestBytes = 1024 * 1024;

/**
 * The values in a file of `NAME=value` lines; empty where there is no file.
 * @throws UsageError where Git might take the file into its history, and where it cannot be read; no message shows a value
 */
export function readSecretsFile(path: string): Readonly<Record<string, string>> {
  const file = resolve(path);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return {};
  if (!stats.isFile() || stats.size > largestBytes)
    throw refusal(
      `${file} must be a file of at most ${largestBytes} bytes. Name another in local.secretsFile`,
    );
  if (isKeptByGit(file))
    throw refusal(
      `${file} is in a Git work tree that does not ignore it: its values would get into the history. Add ${basename(file)} to .gitignore, and git rm --cached it if it is tracked`,
    );
  return parseSecrets(textOf(file), file);
}

/** @throws UsageError with the number of a line that is none */
export function parseSecrets(text: string, file: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw refusal(`${file}: line ${index + 1} is not NAME=value, and no comment. Correct it`);
    values[name] = value;
  }
  return values;
}

/** A tracked file is kept whatever .gitignore says. Outside a work tree, and without Git, nothing keeps it. */
const isKeptByGit = (file: string): boolean =>
  spawnSync('git', ['check-ignore', '--quiet', '--', file], { cwd: dirname(file), stdio: 'ignore' })
    .status === 1;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw refusal(`${file} cannot be read: ${messageOf(error)}. Correct its rights`);
  }
}

const refusal = (message: string): UsageError => new UsageError('TL-TWIN-SECRETS-FILE', message);
