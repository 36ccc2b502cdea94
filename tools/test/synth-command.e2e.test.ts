import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Ended, runTool } from './run-tool.ts';

let out = '';

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'tideline-synth-'));
});

afterAll(() => rmSync(out, { recursive: true }));

const synth = (args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runTool(join('tools', 'synth.mjs'), args, { variables: { CDKTF_OUTDIR: out, ...variables } });

const written = (stack: string): string => join(out, 'stacks', stack, 'cdk.tf.json');

describe('npm run synth', () => {
  test('writes and lists the stacks in the order of deployment, without an account', async () => {
    const { exitCode, stdout, stderr } = await synth([]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const names = [...stdout.matchAll(/^ {2}(\w+) +\S+cdk\.tf\.json/gm)].map(([, name]) => name);
    expect(names).toEqual(['state', 'network', 'registry', 'service', 'autoscaling', 'observability']);
    expect(stdout).toContain('AWS_ACCOUNT_ID is not set: names carry the placeholder account 000000000000.');
    // The provider refuses every account but this one, which nobody has.
    expect(readFileSync(written('service'), 'utf8')).toMatch(
      /"allowed_account_ids": \[\s*"000000000000"\s*\]/,
    );
  });

  test('writes nothing again while nothing has changed, and lists the same', async () => {
    const first = await synth(['--preset', 'fargate-alb']);
    const before = statSync(written('service')).mtimeMs;
    expect(await synth(['--preset', 'fargate-alb'])).toEqual(first);
    expect(statSync(written('service')).mtimeMs).toBe(before);
  });

  test('writes again for another setting or account', async () => {
    await synth(['--set', 'capacity.max=7']);
    expect(readFileSync(written('autoscaling'), 'utf8')).toContain('"max_capacity": 7');
    const { stdout } = await synth(['--set', 'capacity.max=9'], { AWS_ACCOUNT_ID: '123456789012' });
    expect(stdout).not.toContain('placeholder');
    expect(readFileSync(written('autoscaling'), 'utf8')).toContain('"max_capacity": 9');
    expect(readFileSync(written('state'), 'utf8')).toContain('123456789012');
  });

  test.each([
    [['--preset', 'load-drive'], {}, 'did you mean "load-driven"?'],
    [['--sett', 'capacity.max=7'], {}, "synth: Unknown option '--sett'; did you mean --set?"],
    [['--set', 'capacity.maximum=7'], {}, 'capacity.maximum'],
    [['blue-green'], { npm_config_preset: 'true' }, 'write: npm run synth -- --preset blue-green'],
    [[], { npm_config_set: 'capacity.max=7' }, 'write: npm run synth -- --set capacity.max=7'],
  ])('refuses %j %j', async (args, variables, message) => {
    const { exitCode, stdout, stderr } = await synth(args, variables);
    expect(stderr).toContain(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  test('explains itself', async () => {
    expect(await synth(['--help'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Usage: npm run synth .*--set/) as unknown,
    });
    expect(await synth(['--version'])).toMatchObject({ exitCode: 0, stdout: 'tideline 0.1.0\n' });
  });
});
