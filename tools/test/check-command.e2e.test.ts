import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Ended, runTool, workspaceRoot } from './run-tool.ts';

/** In Nx’s place: notes its arguments, and leaves the results of one test that passed and one that was skipped, or failed. */
const fakeNx = (folder: string): string => `#!/bin/sh
echo "$@ at $(nice)" >> '${join(folder, 'calls')}'
case "$1 $2" in
  'show projects') echo '["@tideline/api", "@tideline/bench", "@tideline/twin"]'; exit 0 ;;
  'run tideline:lint') echo 'a lint error'; exit 1 ;;
  run\\ *:e2e | run\\ *:measured) project=\${2%:*} target=\${2##*:} ;;
  *) exit 0 ;;
esac
mkdir -p dist/test-results/@tideline
echo '{ "numPassedTests": 1, "numFailedTests": 0, "numRuntimeErrorTestSuites": 0, "testResults": [
  { "assertionResults": [{ "status": "pending", "fullName": "needs a tool" }] }] }' > "dist/test-results/$project.$target.json"
if [ "$FAILING" = "$project" ]; then
  cat > "dist/test-results/$project.$target.json" <<'JSON'
{ "numPassedTests": 0, "numFailedTests": 1, "numRuntimeErrorTestSuites": 0, "testResults": [
  { "assertionResults": [{ "status": "failed", "fullName": "adds up", "failureMessages": ["expected 4\\ngot 5"] }] }] }
JSON
  exit 1
fi
`;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-check-'));
  const bin = join(folder, 'node_modules', '.bin');
  await Promise.all(
    ['apps', 'libs', 'node_modules/.bin'].map((name) => mkdir(join(folder, name), { recursive: true })),
  );
  await writeFile(join(bin, 'nx'), fakeNx(folder));
  await chmod(join(bin, 'nx'), 0o755);
});

afterEach(() => rm(folder, { recursive: true }));

/** Runs the command in a workspace without projects of its own. */
const check = (args: readonly string[], CI: 'true' | 'false'): Promise<Ended> =>
  runTool(join(workspaceRoot, 'tools', 'check.mjs'), args, { cwd: folder, variables: { CI } });

interface Call {
  readonly args: string;
  /** Priority that it ran at: 0, or higher where it gives way. */
  readonly nice: number;
}

const notedCalls = async (): Promise<readonly Call[]> =>
  (await readFile(join(folder, 'calls'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => {
      const [, args = '', nice] = /^(.*) at (\d+)$/.exec(line) ?? [];
      return { args: args.replace(/ --output-style.*/, ''), nice: Number(nice) };
    });

const calls = async (): Promise<readonly string[]> => (await notedCalls()).map(({ args }) => args);

const ofAll = [
  'run tideline:lint',
  'run tideline:typecheck',
  'run tideline:dead-code',
  'run tideline:format',
];
const suite = (name: string): string => `run @tideline/${name} --exclude-task-dependencies`;

describe('npm run check', () => {
  test('runs everything when nothing is chosen, and last, alone, what compares speeds', async () => {
    await check([], 'false');
    const all = await calls();
    const bundles = ['run-many -t build', 'show projects --with-target e2e --json'];
    expect([...all.slice(0, -1)].sort()).toEqual(
      [...bundles, ...ofAll, 'run-many -t test', suite('api:e2e'), suite('twin:e2e')].sort(),
    );
    expect(all.indexOf(bundles[0] ?? '')).toBeLessThan(all.indexOf(suite('api:e2e')));
    expect(all.at(-1)).toBe(suite('bench:e2e'));
  });

  test('runs what measures before the other suites, and beside it only what gives way', async () => {
    const twin = join(folder, 'apps', 'twin');
    await mkdir(twin);
    const manifest = { name: '@tideline/twin', nx: { targets: { e2e: {}, measured: {} } } };
    await writeFile(join(twin, 'package.json'), JSON.stringify(manifest));
    const { stdout } = await check([], 'false');
    const noted = await notedCalls();
    const ran = noted.filter(({ args }) => args.includes('@tideline/'));
    expect(ran[0]).toEqual({ args: suite('twin:measured'), nice: 0 });
    expect(ran.map(({ nice }) => nice)).toEqual([0, 0, 0, 0]);
    const beside = ['run-many -t test', 'run tideline:lint'];
    expect(noted.filter(({ args }) => beside.includes(args)).map(({ nice }) => nice)).toEqual([19, 19]);
    expect(noted).toHaveLength(11);
    expect(stdout).toMatch(/\n8 passed, 1 failed\n$/);
  });

  test('refuses to pass over suites that no target runs', async () => {
    const twin = join(folder, 'apps', 'twin');
    await mkdir(twin);
    await writeFile(join(twin, 'jest.measured.config.mjs'), '');
    await writeFile(
      join(twin, 'package.json'),
      JSON.stringify({ name: '@tideline/twin', nx: { targets: { e2e: {} } } }),
    );
    const { stdout, exitCode } = await check(['--only', 'unit'], 'false');
    expect(stdout).toContain('apps/twin has end-to-end suites, and no measured target in its package.json');
    expect(exitCode).toBe(1);
  });

  test('runs the groups that are chosen, for what a change affects', async () => {
    await check(['--affected', '--only', 'unit', '--only', 'static'], 'true');
    const chosen = await calls();
    expect(chosen).toHaveLength(5);
    expect(chosen).toEqual(expect.arrayContaining(['affected -t test', ...ofAll]));
  });

  test('asks Nx which end-to-end suites a change affects, and still builds every bundle that they start', async () => {
    await check(['--affected', '--only', 'e2e'], 'false');
    expect((await calls()).slice(0, 2)).toEqual([
      'run-many -t build',
      'show projects --with-target e2e --json --affected',
    ]);
  });

  test('counts a skipped test as failed in CI, and only there', async () => {
    const inCi = await check(['--affected', '--only', 'e2e'], 'true');
    expect(inCi.stdout).toMatch(/SKIPPED needs a tool\n/);
    expect(inCi.stdout).toMatch(/\nfailed:\n(.*\n)* {2}api e2e: skipped: needs a tool\n/);
    expect(inCi.stdout).toMatch(/\n\n4 passed, 3 failed\n$/);
    expect(inCi.exitCode).toBe(1);
    const elsewhere = await check(['--only', 'e2e'], 'false');
    expect(elsewhere.stdout).toMatch(/SKIPPED needs a tool\n/);
    expect(elsewhere.stdout).toMatch(/\n\n4 passed, 0 failed\n$/);
    expect(elsewhere.exitCode).toBe(0);
  });

  test('shows what a failed check printed, what runs, and how long each took', async () => {
    const { exitCode, stdout } = await check(['--only', 'static'], 'false');
    expect(stdout).toMatch(/started {2}lint\n(.*\n)*a lint error\nFAILED {3}lint in \d+ s\n/);
    expect(stdout).toMatch(/passed {3}typecheck in \d+ s\n/);
    expect(stdout).toMatch(
      /wall time {2}CPU time {2}what\n( +\d+ s +\d+ s {2}[\w-]+\n){5}\n3 passed, 1 failed\n$/,
    );
    expect(exitCode).toBe(1);
  });

  test('says at the end once more what failed, and why', async () => {
    const variables = { CI: 'false', FAILING: '@tideline/api' };
    const program = join(workspaceRoot, 'tools', 'check.mjs');
    const { stdout } = await runTool(program, ['--only', 'static', '--only', 'e2e'], {
      cwd: folder,
      variables,
    });
    expect(stdout).toMatch(
      /\n\nfailed:\n(.*\n)* {2}api: adds up\n {4}expected 4\n {4}got 5\n(.*\n)*\nwall time(.*\n)*\n6 passed, 2 failed\n$/,
    );
    expect(stdout).toMatch(/\n\nfailed:\n(.*\n)* {2}lint\n(.*\n)*\nwall time/);
  });

  test.each([
    [['--only', 'lint'], {}, 'check: --only: got "lint"; did you mean "unit"? allowed: static, unit, e2e'],
    [['--only', 'statics'], {}, 'check: --only: got "statics"; did you mean "static"?'],
    [['--affect'], {}, "check: Unknown option '--affect'; did you mean --affected?"],
    [
      [],
      { npm_config_affected: 'true' },
      'check: npm kept --affected to itself; write: npm run check -- --affected',
    ],
    [['unit'], { npm_config_only: 'true' }, 'write: npm run check -- --only unit'],
  ])('refuses %j %j before anything runs', async (args, variables, message) => {
    const { exitCode, stderr } = await runTool(join(workspaceRoot, 'tools', 'check.mjs'), args, {
      cwd: folder,
      variables,
    });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
    await expect(calls()).rejects.toThrow('ENOENT');
  });

  test('explains itself', async () => {
    expect(await check(['--help'], 'true')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Usage: npm run check .*--affected/) as unknown,
    });
    expect(await check(['--version'], 'true')).toMatchObject({ exitCode: 0, stdout: 'tideline 0.1.0\n' });
  });
});
