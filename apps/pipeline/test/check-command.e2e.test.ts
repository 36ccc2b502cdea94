import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { workspaceRoot } from './workflow.ts';

/** In Nx’s place: notes its arguments, and leaves the results of one test that passed and one that was skipped. */
const fakeNx = (folder: string): string => `#!/bin/sh
echo "$@" >> '${join(folder, 'calls')}'
mkdir -p dist/test-results
echo '{ "numPassedTests": 1, "numFailedTests": 0, "numRuntimeErrorTestSuites": 0, "testResults": [
  { "assertionResults": [{ "status": "pending", "fullName": "needs a tool" }] }] }' > dist/test-results/a.e2e.json
`;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-check-'));
  await Promise.all(['apps', 'libs', 'bin'].map((name) => mkdir(join(folder, name))));
  await writeFile(join(folder, 'bin', 'npx'), fakeNx(folder));
  await chmod(join(folder, 'bin', 'npx'), 0o755);
});

afterEach(() => rm(folder, { recursive: true }));

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs the command in a workspace without projects. */
function check(args: readonly string[], CI: 'true' | 'false'): Promise<Ended> {
  const PATH = [join(folder, 'bin'), process.env.PATH ?? ''].join(delimiter);
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(workspaceRoot, 'tools', 'check.mjs'), ...args],
      { cwd: folder, env: { ...process.env, PATH, CI } },
      (_error, out, errors) => resolve({ exitCode: child.exitCode, output: `${out}${errors}` }),
    );
  });
}

const calls = async (): Promise<readonly string[]> =>
  (await readFile(join(folder, 'calls'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.replace(' --output-style=static --nxBail=false', ''));

describe('npm run check', () => {
  test('runs everything when nothing is chosen', async () => {
    const { exitCode } = await check([], 'false');
    expect(await calls()).toEqual(
      ['format', 'dead-code', 'lint', 'typecheck', 'test', 'e2e'].map((target) => `nx run-many -t ${target}`),
    );
    expect(exitCode).toBe(0);
  });

  test('runs the groups that are chosen, for what a change affects', async () => {
    await check(['--affected', '--only', 'unit', '--only', 'static'], 'true');
    expect(await calls()).toEqual(
      ['format', 'dead-code', 'lint', 'typecheck', 'test'].map((target) => `nx affected -t ${target}`),
    );
  });

  test('counts a skipped test as failed in CI, and only there', async () => {
    const inCi = await check(['--affected', '--only', 'e2e'], 'true');
    expect(inCi.output).toMatch(/SKIPPED needs a tool\n\n1 passed, 1 failed/);
    expect(inCi.exitCode).toBe(1);
    const elsewhere = await check(['--only', 'e2e'], 'false');
    expect(elsewhere.output).toMatch(/SKIPPED needs a tool\n\n1 passed, 0 failed/);
    expect(elsewhere.exitCode).toBe(0);
  });

  test.each([
    [['--only', 'lint'], 'check: --only: got "lint"; allowed: static, unit, e2e'],
    [['--affect'], "check: Unknown option '--affect'"],
  ])('refuses %j before anything runs', async (args, message) => {
    const { exitCode, output } = await check(args, 'true');
    expect(output).toContain(message);
    expect(exitCode).toBe(2);
    await expect(calls()).rejects.toThrow('ENOENT');
  });

  test('tells what it does', async () => {
    expect(await check(['--help'], 'true')).toEqual({
      exitCode: 0,
      output: expect.stringMatching(/^Usage: npm run check .*--affected/) as unknown,
    });
  });
});
