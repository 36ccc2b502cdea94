import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';

const key = '0123456789abcdef0123456789abcdef';
const redis = { SESSION_STORE: 'redis', REDIS_URL: 'rediss://cache.example:6379', SESSION_KEYS: key };
const problemsOf = (env: Record<string, string>): readonly string[] => {
  const result = readConfig(env);
  return result.ok ? [] : result.problems;
};
const configOf = (env: Record<string, string>) => {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
};

describe('the configuration of stores', () => {
  test('is none unless it is asked for', () => {
    expect(configOf({ SESSION_KEYS: key, REDIS_URL: 'redis://cache:1' })).toMatchObject({
      sessions: undefined,
      files: undefined,
    });
  });

  test('names the stores and what they need', () => {
    const env = {
      ...redis,
      REDIS_AUTH_TOKEN: 'secret',
      SESSION_KEYS: `${key}, ${key}2`,
      FILE_STORE: 's3',
      FILES_BUCKET: 'uploads',
      FILE_TYPES: 'image/PNG, text/csv',
    };
    expect(configOf(env)).toMatchObject({
      sessions: {
        store: { kind: 'redis', url: 'rediss://cache.example:6379', authToken: 'secret' },
        keys: [key, `${key}2`],
        idleSeconds: 1800,
        timeoutMs: 1000,
      },
      files: {
        store: { kind: 's3', bucket: 'uploads', endpoint: undefined },
        maxFileBytes: 10_485_760,
        types: ['image/png', 'text/csv'],
        maxFilesPerSession: 20,
      },
    });
  });

  test.each([
    [
      { SESSION_STORE: 'redis' },
      [
        'REDIS_URL is not set, but SESSION_STORE is redis; set it, or set SESSION_STORE to none',
        'SESSION_KEYS is not set, but SESSION_STORE is redis; set it, or set SESSION_STORE to none',
      ],
    ],
    [
      { SESSION_STORE: 'embedded', SESSION_KEYS: key },
      ['SESSION_FOLDER is not set, but SESSION_STORE is embedded; set it, or set SESSION_STORE to none'],
    ],
    [
      { ...redis, FILE_STORE: 'disk' },
      ['FILES_FOLDER is not set, but FILE_STORE is disk; set it, or set FILE_STORE to none'],
    ],
    [
      { FILE_STORE: 's3', FILES_BUCKET: 'uploads' },
      ['SESSION_STORE is none, but FILE_STORE is s3; files belong to sessions: set both or neither'],
    ],
    [
      { FILE_TYPES: 'text/html' },
      [expect.stringMatching(/^FILE_TYPES must be of image\/png, .*; got "text\/html"$/)],
    ],
    [{ SESSION_STORE: 'memory' }, ['SESSION_STORE must be none, redis or embedded; got "memory"']],
  ])('%j is refused with what to do', (env: Record<string, string>, expected) => {
    expect(problemsOf(env)).toEqual(expected);
  });

  test('never repeats a secret in what it refuses', () => {
    const problems = problemsOf({
      SESSION_STORE: 'redis',
      SESSION_KEYS: 'too-short-a-secret',
      REDIS_URL: 'redis://user:a-secret@cache:6379',
    });
    expect(problems).toHaveLength(2);
    expect(problems.join(' ')).not.toContain('secret');
    expect(problems).toContainEqual(
      'SESSION_KEYS must be keys of at least 32 characters, separated by commas; got 18 characters',
    );
  });
});
