import { describe, expect, test } from '@jest/globals';
import { taskSecrets } from './task-secrets.ts';

const without = { container: { stressRoutes: false } } as Parameters<typeof taskSecrets>[0];
const served = { container: { stressRoutes: true } } as Parameters<typeof taskSecrets>[0];
const silent = { write: () => true };

describe('taskSecrets', () => {
  test('are the token of the stress routes alone, and nothing when there is none', () => {
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
});
