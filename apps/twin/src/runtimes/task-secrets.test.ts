import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { parseSecrets } from './secrets-file.ts';
import { taskSecrets } from './task-secrets.ts';

const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-a1B2c3';
const described = (over: Partial<Parameters<typeof resolveEnvironment>[0]>) =>
  resolveEnvironment({
    preset: 'secrets',
    compute: { kind: 'fargate' },
    capacity: { min: 1, max: 2, desired: 1 },
    ...over,
  });
const without = described({});
const served = described({ container: { stressRoutes: true } });
const own = described({ container: { image: 'shop:1', secrets: { KEY: arn, OTHER: arn } } });
const silent = { write: () => true };

describe('taskSecrets', () => {
  test('of the backend are the token of the stress routes alone, and nothing when there is none', () => {
    expect(taskSecrets(without, { STRESS_TOKEN: 'correct horse battery', HOME: '/root' }, silent)).toEqual({
      STRESS_TOKEN: 'correct horse battery',
    });
    expect(taskSecrets(without, { HOME: '/root' }, silent)).toEqual({});
  });

  test('are made up, and said, where the stress routes are served and no token is set', () => {
    const said: string[] = [];
    const { STRESS_TOKEN = '' } = taskSecrets(served, {}, { write: (text) => said.push(text) });
    expect(STRESS_TOKEN).toMatch(/^[0-9a-f]{32}$/);
    expect(said.join('')).toContain(STRESS_TOKEN);
  });

  test('of another program are those of the description, from variables of their names', () => {
    expect(taskSecrets(own, { KEY: 'one', OTHER: '', STRESS_TOKEN: 'x', HOME: '/root' }, silent)).toEqual({
      KEY: 'one',
      OTHER: '',
    });
  });
});

describe('a file of secrets', () => {
  test('has lines of NAME=value, taken as they are, and comments', () => {
    const text = '# of the shop\nKEY=a=b "c" #d\r\n\n  # more\nEMPTY=\n';
    expect(parseSecrets(text, 'file')).toEqual({ KEY: 'a=b "c" #d', EMPTY: '' });
  });

  test('is refused by the number of the line, which is not shown', () => {
    expect(() => parseSecrets('KEY=1\nhunter2\n', '/here/file')).toThrow(
      /^TL-TWIN-SECRETS-FILE \/here\/file: line 2 is not NAME=value, and no comment\. Correct it$/,
    );
  });
});
