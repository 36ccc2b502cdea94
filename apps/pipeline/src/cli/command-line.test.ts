import { afterEach, describe, expect, test } from '@jest/globals';
import type { CommandName, CommandOptions } from './command-options.ts';
import { goOn, synthesisOnly } from './command-line.ts';
import { createProgram } from './program.ts';

/** What the command line comes to, and the one that goes on from a step of it. */
async function parse(args: readonly string[]) {
  let parsed: { readonly command: CommandName; readonly options: CommandOptions } | undefined;
  const program = createProgram((command, options) => {
    parsed = { command, options };
    return Promise.resolve();
  });
  await program.parseAsync(['node', 'pipeline', ...args]);
  if (parsed === undefined) throw new Error('no command ran');
  return { ...parsed, variables: {} };
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
      'destroy --environment-name tideline-dev --with-state',
      `destroy ${plain} --environment-name tideline-dev --with-state --from state`,
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
  const { TIDELINE_CONFIG } = process.env;

  afterEach(() => {
    if (TIDELINE_CONFIG === undefined) delete process.env.TIDELINE_CONFIG;
    else process.env.TIDELINE_CONFIG = TIDELINE_CONFIG;
  });

  test.each([
    { by: 'its variable', variable: 'env.json', args: [], expected: 'env.json' },
    {
      by: 'the option before its variable',
      variable: 'env.json',
      args: ['--config', 'typed.json'],
      expected: 'typed.json',
    },
    // GitHub leaves a variable that nobody has set empty.
    { by: 'nothing where its variable is empty', variable: '', args: [], expected: undefined },
  ])('is named by $by', async ({ variable, args, expected }) => {
    process.env.TIDELINE_CONFIG = variable;
    expect((await parse(['plan', ...args])).options.config).toBe(expected);
  });
});
