import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { readSecretsFile } from '../../src/runtimes/secrets-file.ts';
import { taskSecrets } from '../../src/runtimes/task-secrets.ts';
import { programFolder } from './user-program.ts';

let program: Awaited<ReturnType<typeof programFolder>>;
let file = '';
beforeEach(async () => {
  program = await programFolder({ '.env.tideline': 'KEY=hunter2\n' });
  file = join(program.folder, '.env.tideline');
});
afterEach(() => program.remove());

const git = (...args: readonly string[]): void => {
  expect(spawnSync('git', args, { cwd: program.folder, encoding: 'utf8' }).status).toBe(0);
};

test('a file of secrets is read outside a Git work tree, and one that is missing is empty', () => {
  expect(readSecretsFile(file)).toEqual({ KEY: 'hunter2' });
  expect(readSecretsFile(join(program.folder, 'none'))).toEqual({});
});

test('values that no variable has are those of local.secretsFile', () => {
  const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-AbCdEf';
  const environment = environmentOn('fargate', {
    container: { image: 'shop:1', secrets: { KEY: arn } },
    local: { command: 'shop', secretsFile: file },
  });
  expect(taskSecrets(environment, {}, { write: () => true })).toEqual({ KEY: 'hunter2' });
});

test('in a work tree it is read only where Git ignores it, and refused where it is tracked all the same', async () => {
  git('init', '--quiet');
  expect(() => readSecretsFile(file)).toThrow(
    /^TL-TWIN-SECRETS-FILE .*\.env\.tideline is in a Git work tree that does not ignore it.*\.gitignore/,
  );
  await writeFile(join(program.folder, '.gitignore'), '.env.tideline\n');
  expect(readSecretsFile(file)).toEqual({ KEY: 'hunter2' });
  git('add', '--force', '.env.tideline');
  expect(() => readSecretsFile(file)).toThrow(/TL-TWIN-SECRETS-FILE/);
});

test('a folder in its place is refused', () => {
  expect(() => readSecretsFile(program.folder)).toThrow(/TL-TWIN-SECRETS-FILE .* must be a file/);
});
