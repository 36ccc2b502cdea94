import { describe, expect, test } from '@jest/globals';
import { type Program, createCommand, runProgram } from '../program.ts';

/** A program, and what its own grammar lets the shared tests type. */
interface ProgramUnderTest {
  readonly program: Program;
  /** Arguments of a command, up to the options that are tested. */
  readonly args: readonly string[];
  /** An option of that command. */
  readonly option: string;
  /** The script of package.json that a user starts it with. */
  readonly script: string;
  /** Whether that command reads a description. */
  readonly readsDescription: boolean;
}

/** Runs a program in memory. */
export async function runInMemory(
  program: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runProgram(program, {
    // No checkout is there, so no git is asked.
    argv: ['node', '/no-such-folder/main.mjs', ...args],
    env,
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { exitCode, stdout, stderr };
}

/** What every program of the workspace does alike. */
export function programContract({ program, args, option, script, readsDescription }: ProgramUnderTest): void {
  const { name } = program;
  const root = createCommand(program);
  const command = root.commands.find((one) => one.name() === args[0]) ?? root;
  const refused = async (typed: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { exitCode, stdout, stderr } = await runInMemory(program, typed, env);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toMatch(/^\s+at /m);
    return stderr;
  };

  describe(`${name}, as every program`, () => {
    test('--version prints its version', async () => {
      const { exitCode, stdout, stderr } = await runInMemory(program, ['--version']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\n$`));
      expect(await runInMemory(program, [...args, '--version'])).toEqual({ exitCode, stdout, stderr });
    });

    test.each([{ typed: [] as string[] }, ...root.commands.map((one) => ({ typed: [one.name()] }))])(
      '$typed --help lists every option with its meaning',
      async ({ typed }) => {
        const { exitCode, stdout, stderr } = await runInMemory(program, [...typed, '--help']);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
        expect(stdout).toMatch(new RegExp(`^Usage: ${[name, ...typed].join(' ')} `));
        const listed = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+).*?(?: {2}|\n {10,})\S/gm)].map(
          ([, long]) => long,
        );
        const asked = root.commands.find((one) => one.name() === typed[0]);
        const options = [...root.options, ...(asked?.options ?? [])].map(({ long }) => long);
        expect(listed.sort()).toEqual([...options, '--help'].sort());
      },
    );

    test('an unknown option is refused with the nearest one', async () => {
      const mistyped = `${option.slice(0, -2)}${option.slice(-1)}`;
      const stderr = await refused([...args, mistyped]);
      expect(stderr).toContain(`${name}: unknown option '${mistyped}' (Did you mean ${option}?)\n`);
      expect(stderr).toContain('Add --help for the options.');
    });

    test('an argument that is no option is refused', async () => {
      expect(await refused([...args, 'surplus'])).toContain(
        `${name}: too many arguments: got surplus; allowed: options only`,
      );
    });

    test('an option that npm kept for itself is given back with its "--"', async () => {
      const env = {
        npm_lifecycle_event: script,
        [`npm_config_${option.slice(2).replaceAll('-', '_')}`]: 'true',
      };
      const stderr = await refused(command === root ? [] : [command.name()], env);
      const subcommand = command === root ? '' : `${command.name()} `;
      expect(stderr).toContain(
        `${name}: npm kept ${option} for itself: write npm run ${script} -- ${subcommand}${option}`,
      );
    });

    if (root.commands.length > 0)
      test('an unknown command is refused with the nearest one', async () => {
        const [known = ''] = root.commands.map((one) => one.name());
        const stderr = await refused([`${known}x`]);
        expect(stderr).toContain(`unknown command '${known}x'; did you mean "${known}"? Allowed: ${known}`);
      });

    if (!readsDescription) return;

    test('an unknown preset is refused with the nearest one', async () => {
      expect(await refused([...args, '--preset', 'flash-sal'])).toMatch(
        /TL-CONFIG-PRESET .*preset: unknown preset "flash-sal"; did you mean "flash-sale"\? Allowed: load-driven,/,
      );
    });

    test('a setting that leads nowhere is refused with the nearest field', async () => {
      expect(await refused([...args, '--preset', 'load-driven', '--set', 'capacity.mx=3'])).toMatch(
        /TL-CONFIG-UNKNOWN-FIELD .*unknown field "mx" in capacity; did you mean "max"\?.* From --set capacity\.mx=3/,
      );
    });

    test('a preset without its option is refused with the option', async () => {
      const env = { npm_lifecycle_event: script };
      expect(await refused([...args, 'flash-sale'], env)).toContain('did you mean --preset flash-sale?');
    });

    test('a configuration file that is missing is refused, by option and by variable', async () => {
      const preset = ['--preset', 'load-driven'];
      for (const [typed, env] of [
        [[...preset, '--config', 'nowhere.json'], {}],
        [preset, { TIDELINE_CONFIG: 'nowhere.json' }],
      ] as const)
        expect(await refused([...args, ...typed], env)).toMatch(/TL-CONFIG-FILE .*nowhere\.json/);
    });
  });
}
