import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { workspaceRoot } from './run-tool.ts';

let folder = '';
const git = (...args: readonly string[]): void => {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
};
const commit = (path: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), '');
  git('add', '.');
  git('commit', '-m', path);
};
const deployable = (base: string): string => {
  const env = { ...process.env, BASE: base, HEAD: 'HEAD' };
  const program = join(workspaceRoot, 'tools', 'deployable.mjs');
  return execFileSync(process.execPath, [program], { cwd: folder, env, encoding: 'utf8' }).trim();
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tideline-deployable-'));
  git('init');
  commit('package.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['README.md', false],
  ['docs/reference/environment.schema.json', false],
  ['apps/api/src/app.test.ts', false],
  ['stacks/test/synthesise.ts', false],
  ['apps/twin/src/main.ts', false],
  ['apps/api/src/main.ts', true],
  ['libs/infra/src/index.ts', true],
  ['stacks/main.ts', true],
  ['production.json', true],
  ['.github/workflows/deploy.yml', true],
])('a push of %s: deployable is %s', (path, expected) => {
  commit(path);
  expect(deployable('HEAD~1')).toBe(`deployable=${expected}`);
});

test('a push that there is nothing to compare with is deployable', () => {
  expect(deployable('0'.repeat(40))).toBe('deployable=true');
});
