import { describe, expect, test } from '@jest/globals';
import type { Program } from '../program.ts';
import { runInMemory } from '../testing/program-contract.ts';
import { startedAsVariable, typedCommand } from './started-as.ts';
import { commandGroups, tidelineCommands } from './tideline-commands.ts';

const byTideline = { [startedAsVariable]: 'npx @tideline/cli' };

test.each([
  ['twin', 'up', ['npm run twin -- up', 'npx @tideline/cli up']],
  ['cost', '', ['npm run cost --', 'npx @tideline/cli cost']],
  ['pipeline', 'deploy', ['npm run pipeline -- deploy', 'npx @tideline/cli deploy']],
  ['pipeline', 'init', ['npm run pipeline -- init', 'npx @tideline/cli deploy --first']],
  ['pipeline', 'plan', ['npm run pipeline -- plan', 'npx @tideline/cli pipeline plan']],
])('%s %s is typed as it was started', (script, command, typed) => {
  const started = [{}, byTideline].map((variables) => typedCommand(script, command, variables));
  expect(started).toEqual(typed);
});

test('every command of tideline has its own name, and a group that the help shows', () => {
  const names = tidelineCommands.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { group } of tidelineCommands) expect(commandGroups).toContain(group);
});

describe('a program that tideline started', () => {
  const twin: Program = {
    name: 'twin',
    description: 'Runs.',
    scripts: ['twin', 'demo'],
    define: (program, { act, typed }) => {
      program
        .command('up')
        .option('--speed <n>', 'cloud seconds per second')
        .addHelpText('after', `Example: ${typed('up')} --speed 20`)
        .action(act(() => Promise.resolve(0)));
    },
  };

  test('says so in its usage line, its examples, its version and its mistakes', async () => {
    const help = await runInMemory(twin, ['up', '--help'], byTideline);
    expect(help.stdout).toMatch(/^Usage: npx @tideline\/cli up \[options\]\n/);
    expect(help.stdout).toContain('Example: npx @tideline/cli up --speed 20');
    const version = await runInMemory(twin, ['up', '--version'], byTideline);
    expect(version.stdout).toMatch(/^tideline \d/);
    const mistake = await runInMemory(twin, ['up', '--spede', '3'], byTideline);
    expect(mistake.stderr).toMatch(/^tideline up: unknown option '--spede'/);
  });

  test('gives an option that npm kept back in the line of tideline', async () => {
    const env = {
      [startedAsVariable]: 'npm run tideline --',
      ...{ npm_lifecycle_event: 'tideline', npm_config_speed: 'true' },
    };
    const { exitCode, stderr } = await runInMemory(twin, ['up', '20'], env);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('npm kept --speed for itself: write npm run tideline -- up --speed 20');
  });

  test('and one that npm started say what was typed', async () => {
    const { stdout } = await runInMemory(twin, ['up', '--help'], { npm_lifecycle_event: 'twin' });
    expect(stdout).toMatch(/^Usage: npm run twin -- up \[options\]\n/);
    expect(stdout).toContain('Example: npm run twin -- up --speed 20');
  });
});
