import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { presetNames } from '@tideline/config';
import { type Ended, runTool, workspaceRoot } from './run-tool.ts';

const validate = 'stacks/test/validate.e2e.test.ts';
const releases = 'apps/pipeline/test/releases.e2e.test.ts';
const stacksOf = (preset: string): string => `libs/aws-emulator/test/stacks/${preset}.e2e.test.ts`;

const e2e = (args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runTool(join('tools', 'e2e.mjs'), args, { variables });

describe('npm run e2e', () => {
  test.each([...presetNames])('validates %s, and deploys it to an account of its own', async (preset) => {
    const { exitCode, stdout } = await e2e(['--preset', preset, '--list']);
    const suites = stdout.trim().split('\n');
    const title = `accepts every stack of ${preset} `;
    expect(suites.slice(0, 2)).toEqual([`${validate}: ${title}`, stacksOf(preset)]);
    expect(suites.slice(2)).toEqual(preset === 'blue-green' ? [releases] : []);
    expect(exitCode).toBe(0);
  });

  test('runs every suite when no preset is named, and only suites that exist', async () => {
    const { stdout } = await e2e(['--list']);
    const suites = stdout.trim().split('\n');
    expect(suites).toEqual([validate, 'libs/aws-emulator/test/stacks', releases]);
    expect(suites.filter((suite) => !existsSync(join(workspaceRoot, suite)))).toEqual([]);
  });

  test('chooses the tests of one preset by a title that they have', () => {
    expect(readFileSync(join(workspaceRoot, validate), 'utf8')).toContain("'accepts every stack of %s %j'");
  });

  test.each([
    [['--preset', 'none'], {}, 'e2e: --preset: got "none"; allowed: all, '],
    [
      ['--preset', 'blue-gren'],
      {},
      'e2e: --preset: got "blue-gren"; did you mean "blue-green"? allowed: all, ',
    ],
    [['--presets', 'all'], {}, "e2e: Unknown option '--presets'; did you mean --preset?"],
    [
      ['all'],
      { npm_config_preset: 'true' },
      'e2e: npm kept --preset to itself; write: npm run e2e -- --preset all',
    ],
  ])('refuses %j %j', async (args, variables, message) => {
    const { exitCode, stderr } = await e2e(args, variables);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  test('explains itself', async () => {
    const { exitCode, stdout } = await e2e(['--help']);
    expect(stdout).toMatch(/^Usage: npm run e2e .*blue-green/);
    expect(exitCode).toBe(0);
  });
});
