import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { workspaceRoot } from './workflow.ts';

const run = promisify(execFile);
const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');

/** Projects whose target CI runs again when a file changes, and whose stored results it no longer restores. */
async function affected(file: string, target: string): Promise<readonly string[]> {
  const { stdout } = await run(
    process.execPath,
    [nx, 'show', 'projects', '--affected', `--files=${file}`, `--withTarget=${target}`, '--json'],
    {
      cwd: workspaceRoot,
      env: { ...process.env, NODE_OPTIONS: '', NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false' },
    },
  );
  return (JSON.parse(stdout) as string[]).map((name) => name.replace('@tideline/', ''));
}

test.each([
  ['stacks/main.ts', 'e2e', ['stacks', 'aws-emulator', 'pipeline']],
  ['libs/infra/src/index.ts', 'e2e', ['stacks', 'aws-emulator', 'pipeline']],
  ['apps/api/src/main.ts', 'e2e', ['api', 'twin', 'bench', 'pipeline']],
  ['apps/twin/src/main.ts', 'e2e', ['twin', 'bench']],
  ['docs/reference/presets.md', 'test', ['config']],
])('a change of %s runs the %s of every project that looks at it', async (file, target, projects) => {
  expect(await affected(file, target)).toEqual(expect.arrayContaining(projects));
});
