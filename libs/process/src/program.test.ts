import { describe, expect, test } from '@jest/globals';
import { ConfigurationError, formatProblems } from '@tideline/config';
import { runInMemory } from './testing/program-contract.ts';
import { InterruptedError } from './interruption.ts';
import { choiceOption, collect } from './option-values.ts';
import { type Program, spokenName } from './program.ts';
import { UsageError } from './usage-error.ts';

/** A program with two commands whose action fails with an error, or notes its options. */
const programOf = (outcome: (options: object) => number): Program => ({
  name: 'tide',
  description: 'Does this and that.',
  scripts: ['tide', 'ebb'],
  interrupted: 'interrupted; nothing was changed',
  exitCodeOf: (error) => (error instanceof RangeError ? 1 : undefined),
  define: (program, { act }) => {
    for (const name of ['flow', 'ebb'])
      program
        .command(name)
        .addOption(choiceOption('--moon <phase>', 'phase of the moon', ['full', 'new']))
        .option('--set <path=value>', 'a setting', collect, [])
        .option('--dry-run', 'change nothing', false)
        .option('--json', 'print JSON', false)
        .action(act((options: object) => Promise.resolve(outcome(options))));
  },
});
const throwing = (error: unknown) =>
  programOf(() => {
    throw error;
  });
const calm = programOf(() => 0);

const problem = (path: string) =>
  ({ code: 'TL-CONFIG-CAPACITY-BOUNDS', path, message: 'min 5 is above max 3' }) as const;
const problems = [problem('capacity.min'), problem('capacity.max')];

describe('runProgram', () => {
  test.each([
    [new ConfigurationError(problems), 2, `tide: ${formatProblems(problems)}\n`],
    [new UsageError('TL-RUN-URL', 'got x'), 2, 'tide: TL-RUN-URL got x\n'],
    [new InterruptedError(), 130, 'tide: interrupted; nothing was changed\n'],
    [new RangeError('out of range'), 1, 'tide: out of range\n'],
    ['thrown text', 1, 'tide: thrown text\n'],
  ])('reports an error in the user’s words: %#', async (error, exitCode, stderr) => {
    expect(await runInMemory(throwing(error), ['ebb'])).toEqual({ exitCode, stdout: '', stderr });
  });

  test('reports a fault of the program with its stack', async () => {
    const { exitCode, stderr } = await runInMemory(throwing(new TypeError('x is not a function')), ['ebb']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^tide: TypeError: x is not a function\n +at .*program\.test\.ts/);
  });

  test('ends with what the action returns', async () => {
    expect(
      await runInMemory(
        programOf(() => 7),
        ['ebb'],
      ),
    ).toEqual({ exitCode: 7, stdout: '', stderr: '' });
  });

  test('shows the help where the command is missing', async () => {
    const { exitCode, stdout, stderr } = await runInMemory(calm, []);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Usage: tide .*flow .*ebb /s);
    expect(stderr).not.toContain('outputHelp');
  });

  test.each([
    [
      ['ebb', '--moon', 'ful'],
      `option '--moon <phase>' argument 'ful' is invalid. Did you mean "full"? Allowed: full, new`,
    ],
    [['ebb', 'ful'], 'too many arguments: got ful; allowed: options only; did you mean --moon full?'],
    [['ebb', 'x', 'y'], 'too many arguments: got x y; allowed: options only.'],
    [['eb'], `unknown command 'eb'; did you mean "ebb"? Allowed: flow, ebb`],
    [['full'], `unknown command 'full'; Allowed: flow, ebb. After one of them: --moon full`],
    [['ebb', '--jsn'], "unknown option '--jsn' (Did you mean --json?)"],
  ])('%j is refused with what was meant', async (args, message) => {
    const { exitCode, stdout, stderr } = await runInMemory(calm, args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toBe(`tide: ${message}\nAdd --help for the options.\n`);
  });
});

describe('options that npm keeps', () => {
  const tide = { npm_lifecycle_event: 'tide', npm_lifecycle_script: 'node main.mjs' };
  // The script names the command itself, as `npm run demo` does.
  const ebb = { npm_lifecycle_event: 'ebb', npm_lifecycle_script: 'npm run build && node main.mjs ebb' };

  test.each([
    {
      typed: 'npm run tide ebb --moon full',
      args: ['ebb', 'full'],
      env: { ...tide, npm_config_moon: 'true' },
      line: 'tide -- ebb --moon full',
    },
    {
      typed: 'npm run tide ebb --moon=full',
      args: ['ebb'],
      env: { ...tide, npm_config_moon: 'full' },
      line: 'tide -- ebb --moon full',
    },
    {
      typed: 'npm run ebb --moon full',
      args: ['ebb', 'full'],
      env: { ...ebb, npm_config_moon: 'true' },
      line: 'ebb -- --moon full',
    },
    {
      typed: 'npm run ebb --set a=1 --set b=2',
      args: ['ebb', 'a=1', 'b=2'],
      env: { ...ebb, npm_config_set: 'true\n\ntrue' },
      line: 'ebb -- --set a=1 --set b=2',
    },
    {
      typed: 'npm run ebb --dry-run',
      args: ['ebb'],
      env: { ...ebb, npm_config_dry_run: 'true' },
      line: 'ebb -- --dry-run',
    },
    {
      typed: 'npm run ebb --moon full --set a=1 --dry-run, whose values have lost their options',
      args: ['ebb', 'full', 'a=1'],
      env: { ...ebb, npm_config_moon: 'true', npm_config_set: 'true', npm_config_dry_run: 'true' },
      line: 'ebb -- --moon <phase> --set <path=value> --dry-run',
    },
  ])('are given back: $typed', async ({ args, env, line }) => {
    const { exitCode, stdout, stderr } = await runInMemory(calm, args, env);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^tide: npm kept --\S+( and --\S+)* for itself: /);
    expect(stderr).toContain(` for itself: write npm run ${line}\n`);
  });

  test('a value without its option is given back with both', async () => {
    const { stderr } = await runInMemory(calm, ['ebb', 'full'], ebb);
    expect(stderr).toContain('did you mean --moon full? Write: npm run ebb -- --moon full\n');
  });

  test.each([
    [
      'npm’s own options',
      { ...tide, npm_config_json: 'true', npm_config_loglevel: 'warn', npm_config_prefix: '/' },
    ],
    ['options that the command lacks', { ...tide, npm_config_sun: 'true' }],
    [
      'a script that starts this program among others',
      { ...tide, npm_lifecycle_event: 'check', npm_config_moon: 'x' },
    ],
    ['no npm at all', { npm_config_moon: 'full' }],
  ])('are not %s', async (_, env) => {
    expect(await runInMemory(calm, ['ebb'], env)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('are not those that are given after "--" as well', async () => {
    const env = { ...tide, npm_config_moon: 'full' };
    expect((await runInMemory(calm, ['ebb', '--moon', 'new'], env)).exitCode).toBe(0);
    expect((await runInMemory(calm, ['ebb', '--moon=new'], env)).exitCode).toBe(0);
  });
});

test('a program is called as it was typed where tideline started it', () => {
  const pipeline = { name: 'pipeline', scripts: ['pipeline'] };
  const env = { _TIDELINE_STARTED_AS: 'npx @tideline/cli' };
  const argv = ['node', 'main.mjs', 'deploy', '--first'];
  expect(spokenName(pipeline, { argv, env: {} })).toBe('pipeline');
  expect(spokenName(pipeline, { argv, env })).toBe('tideline deploy');
  expect(spokenName(pipeline, { argv: ['node', 'main.mjs', 'smoke'], env })).toBe('tideline pipeline');
});
