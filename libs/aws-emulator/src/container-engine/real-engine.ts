import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, resolve } from 'node:path';
import { firstWorkingEngine, imageBuilders } from '@tideline/process/container-engines';

/** The search path without a folder: there the stand-in would find itself. */
export const pathWithout = (folder: string, searchPath: string): string =>
  searchPath
    .split(delimiter)
    .filter((entry) => entry !== '' && resolve(entry) !== resolve(folder))
    .join(delimiter);

/**
 * Runs a command of the first engine on the path that works, with this process’s streams.
 *
 * @returns its exit code, 1 when a signal ended it; null where none works
 */
export async function runRealEngine(args: readonly string[], searchPath: string): Promise<number | null> {
  // An empty path means the current folder.
  if (searchPath === '') return null;
  const { engine } = await firstWorkingEngine(imageBuilders, async (name) => ({
    exitCode: await run(name, ['info'], { searchPath, stdio: 'ignore' }),
    lines: [],
  }));
  return engine === null ? null : run(engine, args, { searchPath, stdio: 'inherit' });
}

async function run(
  file: string,
  args: readonly string[],
  { searchPath, stdio }: { readonly searchPath: string; readonly stdio: 'ignore' | 'inherit' },
): Promise<number> {
  const child = spawn(file, args, { stdio, env: { ...process.env, PATH: searchPath } });
  try {
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return exitCode ?? 1;
  } catch {
    // Not installed.
    return 1;
  }
}
