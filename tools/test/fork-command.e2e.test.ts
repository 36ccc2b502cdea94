import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { environmentStackIds, presetInput, presetNames, resolveEnvironment } from '@tideline/config';
import { runTool, workspaceRoot } from './run-tool.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tideline-fork-test-'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "cdktn", "version": "0.0.1", "main": "main.cjs" }');
});

afterEach(() => rmSync(folder, { recursive: true }));

const fork = (...args: readonly string[]) => runTool(join('tools', 'fork.mjs'), args);

/** Runs the check of one preset with the fork after a change to it. */
function changedFork(change: string) {
  const installed = `require(${JSON.stringify(join(workspaceRoot, 'node_modules', 'cdktn'))})`;
  // In this form Node finds the names that the module exports.
  writeFileSync(join(folder, 'main.cjs'), `module.exports = ${installed};\n${change}`);
  return fork('--package', folder, '--preset', 'fargate-alb');
}

describe('npm run fork', () => {
  test('finds every stack of every preset the same with the fork in the place of cdktf', async () => {
    const { exitCode, stdout, stderr } = await fork();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const presets = [...presetNames].sort();
    const stacks = presets.flatMap((preset) => environmentStackIds(resolveEnvironment(presetInput(preset))));
    expect(stdout).toMatch(/^cdktn .* as cdktf .*\n$/);
    expect(stdout).toContain(`: the same ${stacks.length} stacks of ${presets.join(', ')} as `);
  });

  test('fails with the place and both values where a stack differs', async () => {
    const { exitCode, stdout, stderr } = await changedFork(`
      const { prototype } = module.exports.TerraformStack;
      const { toTerraform } = prototype;
      prototype.toTerraform = function () {
        const stack = toTerraform.call(this);
        stack.provider.aws[0].region += '-other';
        return stack;
      };`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^fork: cdktn 0\.0\.1, .* writes other stacks than cdktf /);
    const place = 'fargate-alb/stacks/network/cdk.tf.json provider aws 0 region';
    expect(stderr).toContain(`\n  ${place}: "us-east-1", with the fork "us-east-1-other"\n`);
  });

  test('fails with the error of a fork that does not synthesise', async () => {
    const { exitCode, stderr } = await changedFork('throw new Error("not for this Node")');
    expect(stderr).toContain('not for this Node');
    expect(exitCode).toBe(1);
  });

  test('installs the versions that are checked here', () => {
    const record = readFileSync(
      join(workspaceRoot, 'docs', 'decisions', '0001-cdktf-in-two-folders.md'),
      'utf8',
    );
    const { devDependencies } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    const moves = [...record.matchAll(/^ {4}"cdktf": "(npm:.*)"$/gm)].map(([, alias]) => alias);
    const alias = `npm:cdktn@${devDependencies.cdktn}`;
    expect(moves).toEqual([alias, alias]);
  });

  test.each([
    [['--preset', 'load-drive'], 'did you mean "load-driven"?'],
    [['--instal'], "fork: Unknown option '--instal'; did you mean --install?"],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await fork(...args);
    expect(stderr).toContain(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});
