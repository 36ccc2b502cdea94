import { describe, expect, test } from '@jest/globals';
import { taskSecrets } from './task-secrets.ts';

describe('taskSecrets', () => {
  test('hands on the token of the stress routes, and nothing else', () => {
    expect(taskSecrets({ STRESS_TOKEN: 'correct horse battery', HOME: '/root' })).toEqual({
      STRESS_TOKEN: 'correct horse battery',
    });
    expect(taskSecrets({ HOME: '/root' })).toEqual({});
  });
});
