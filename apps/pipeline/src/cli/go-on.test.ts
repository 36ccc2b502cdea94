import { describe, expect, test } from '@jest/globals';
import type { CommandName, CommandOptions } from './command-options.ts';
import { goOn } from './go-on.ts';
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
  return parsed;
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
    const { command, options } = await parse(line.split(' '));
    expect(goOn(command, options, resumeAt)).toBe(`npm run pipeline -- ${expected}`);
  });

  test('quotes what a shell would read otherwise', async () => {
    const { command, options } = await parse(['plan', '--config', 'my files/it’s.json', '--set', "a=b'c d"]);
    expect(goOn(command, options, 'data')).toContain(
      String.raw`--config 'my files/it’s.json' --set 'a=b'\''c d'`,
    );
  });

  test('leaves out what has no bearing on the work', async () => {
    const { command, options } = await parse(['plan', '--json', '--verbose', '--summary', 'x.md']);
    expect(goOn(command, options, 'data')).not.toMatch(/json|verbose|summary/);
  });
});
