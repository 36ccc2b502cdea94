import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { programContract, runInMemory } from '@tideline/process/testing';
import type { CommandName, CommandOptions } from './command-options.ts';
import { goOn, synthesisOnly } from './command-line.ts';
import { pipelineProgram } from './program.ts';
import { runInterruptibly } from './run-pipeline.ts';

programContract({
  program: pipelineProgram((command, options) => runInterruptibly(command, options, process)),
  args: ['plan', '--dry-run'],
  option: '--dry-run',
  script: 'pipeline',
  readsDescription: true,
});

test.each([
  [['--summary', 'no-such-folder/a.md'], {}, /TL-WRITE-PLACE --summary no-such-folder/],
  [['--summary'], { GITHUB_STEP_SUMMARY: 'no-such-folder/a.md' }, /TL-WRITE-PLACE --summary no-such-folder/],
  [['--built-images', 'no-such-folder/a'], {}, /TL-WRITE-PLACE --built-images no-such-folder/],
  [['--out', import.meta.filename], {}, /TL-WRITE-PLACE --out .* is no folder/],
] as const)('%j, which could not be written in the end, is refused first', async (args, env, why) => {
  const program = pipelineProgram((command, options) =>
    runInterruptibly(command, options, Object.create(process, { env: { value: env } }) as NodeJS.Process),
  );
  const { exitCode, stdout, stderr } = await runInMemory(program, ['deploy', '--dry-run', ...args], env);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(why);
});

test.each(['', 'tideline'])(
  'the end of the input after "%s" is no answer to a question: 130',
  async (typed) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const env = { AWS_ACCOUNT_ID: '123456789012' };
    const program = pipelineProgram((command, options) =>
      runInterruptibly(command, options, {
        ...{ env, stdin, stderr: new PassThrough(), stdout: new PassThrough() },
        ...{ on: () => undefined, off: () => undefined },
      } as unknown as NodeJS.Process),
    );
    if (typed === '') stdin.end();
    else stdin.write(`${typed}\n`);
    const { exitCode, stderr } = await runInMemory(program, ['destroy'], env);
    expect([exitCode, stderr]).toEqual(
      typed === '' ? [130, expect.stringContaining('interrupted')] : [2, expect.stringContaining('TL-PIPE-')],
    );
  },
);

/** What the command line comes to, and the one that goes on from a step of it. */
async function parse(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  let parsed: { readonly command: CommandName; readonly options: CommandOptions } | undefined;
  const program = pipelineProgram((command, options) => {
    parsed = { command, options };
    return Promise.resolve(0);
  });
  expect(await runInMemory(program, args, env)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  if (parsed === undefined) throw new Error('no command ran');
  const { command, options } = parsed;
  // As a run resolves it.
  return { command, options: { ...options, preset: options.preset ?? 'load-driven' }, variables: {} };
}

const plain = '--preset load-driven';

describe('the command that goes on', () => {
  test.each([
    ['bootstrap', `bootstrap ${plain} --from state`, 'state'],
    ['plan --preset flash-sale', 'plan --preset flash-sale --from data', 'data'],
    [
      'init --config my.json --set capacity.max=9 --set project=it',
      `init ${plain} --config my.json --set capacity.max=9 --set project=it --from service`,
      'service',
    ],
    [
      'deploy --base abc --base-image node:24 --url http://a.b:80/ --steady-deadline 60 --smoke-deadline 5 --out x --to smoke',
      `deploy ${plain} --base abc --base-image node:24 --url http://a.b:80/ --steady-deadline 60 --smoke-deadline 5 --out x --to smoke --from image`,
      'image',
    ],
    [
      'destroy --environment-name tideline-dev --with-state --convert-preset',
      `destroy ${plain} --environment-name tideline-dev --with-state --convert-preset --from state`,
      'state',
    ],
  ])('of %s', async (line, expected, resumeAt) => {
    const run = await parse(line.split(' '));
    expect(goOn(run, resumeAt)).toBe(`npm run pipeline -- ${expected}`);
  });

  test('quotes what a shell would read otherwise', async () => {
    const run = await parse(['plan', '--config', 'my files/it’s.json', '--set', "a=b'c d"]);
    expect(goOn(run, 'data')).toContain(String.raw`--config 'my files/it’s.json' --set 'a=b'\''c d'`);
  });

  test('repeats variables that set a field, so that it can be run elsewhere', async () => {
    const variables = { TIDELINE_STAGE: 'it', TIDELINE_IMAGE: 'x', TIDELINE_REGION: '', PATH: '/bin' };
    const run = { ...(await parse(['deploy'])), variables };
    expect(goOn(run, 'image')).toBe(`TIDELINE_STAGE=it npm run pipeline -- deploy ${plain} --from image`);
  });

  test('leaves out what has no bearing on the work', async () => {
    const run = await parse(['plan', '--json', '--verbose', '--summary', 'x.md']);
    expect(goOn(run, 'data')).not.toMatch(/json|verbose|summary/);
  });
});

test('the stacks are written with the same settings into the same folder', async () => {
  const run = await parse([
    'deploy',
    '--config',
    'my.json',
    '--set',
    'stage=it',
    '--out',
    'x',
    '--base',
    'abc',
  ]);
  expect(synthesisOnly(run)).toBe(
    `npm run pipeline -- plan ${plain} --config my.json --set stage=it --out x --to network`,
  );
});

describe('the configuration file', () => {
  test.each([
    { by: 'its variable', variable: 'env.json', args: [], expected: 'env.json' },
    {
      by: 'the option before its variable',
      variable: 'env.json',
      args: ['--config', 'typed.json'],
      expected: 'typed.json',
    },
    // GitHub gives a variable that is not set as an empty one.
    { by: 'nothing where its variable is empty', variable: '', args: [], expected: undefined },
  ])('is named by $by', async ({ variable, args, expected }) => {
    const { options } = await parse(['plan', ...args], { TIDELINE_CONFIG: variable });
    expect(options.config).toBe(expected);
  });
});
