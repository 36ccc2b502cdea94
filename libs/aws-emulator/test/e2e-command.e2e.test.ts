import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { presetNames } from '@tideline/config';

const root = join(import.meta.dirname, '..', '..', '..');
const validate = 'stacks/test/validate.e2e.test.ts';
const releases = 'apps/pipeline/test/releases.e2e.test.ts';
const stacksOf = (preset: string): string => `libs/aws-emulator/test/stacks/${preset}.e2e.test.ts`;

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

const e2e = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join('tools', 'e2e.mjs'), ...args],
      { cwd: root },
      (_error, out, errors) => resolve({ exitCode: child.exitCode, output: `${out}${errors}` }),
    );
  });

describe('npm run e2e', () => {
  test.each([...presetNames])('validates %s, and deploys it to an account of its own', async (preset) => {
    const { exitCode, output } = await e2e('--preset', preset, '--list');
    const suites = output.trim().split('\n');
    const title = `accepts every stack of ${preset} `;
    expect(suites.slice(0, 2)).toEqual([`${validate}: ${title}`, stacksOf(preset)]);
    expect(suites.slice(2)).toEqual(preset === 'blue-green' ? [releases] : []);
    expect(exitCode).toBe(0);
  });

  test('runs every suite when no preset is named, and only suites that exist', async () => {
    const { output } = await e2e('--list');
    const suites = output.trim().split('\n');
    expect(suites).toEqual([validate, 'libs/aws-emulator/test/stacks', releases]);
    expect(suites.filter((suite) => !existsSync(join(root, suite)))).toEqual([]);
  });

  test('chooses the tests of one preset by a title that they have', () => {
    expect(readFileSync(join(root, validate), 'utf8')).toContain("'accepts every stack of %s %j'");
  });

  test.each([
    [['--preset', 'none'], 'e2e: --preset: got "none"; allowed: all, '],
    [['--presets', 'all'], "e2e: Unknown option '--presets'"],
  ])('refuses %j', async (args, message) => {
    const { exitCode, output } = await e2e(...args);
    expect(output).toContain(message);
    expect(exitCode).toBe(2);
  });

  test('tells what it does', async () => {
    const { exitCode, output } = await e2e('--help');
    expect(output).toMatch(/^Usage: npm run e2e .*blue-green/);
    expect(exitCode).toBe(0);
  });
});
