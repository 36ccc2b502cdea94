import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';

const configOf = (env: Record<string, string>) => {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
};

describe('readConfig', () => {
  test('needs nothing to be set', () => {
    expect(configOf({})).toMatchObject({
      host: '0.0.0.0',
      port: 3000,
      metricsHost: '127.0.0.1',
      metricsPort: 9464,
      basePath: '',
      cpuMsPerRequest: 0,
      stressToken: undefined,
      idleTimeoutSeconds: 60,
      stopTimeoutSeconds: 30,
      accessLog: true,
      stopOnStdinEnd: false,
      maxBodyBytes: 1_048_576,
      maxHeaderBytes: 16_384,
    });
  });

  test('is frozen', () => {
    expect(Object.isFrozen(configOf({}))).toBe(true);
  });

  test('takes an empty variable as one that is not set', () => {
    expect(configOf({ PORT: '', STRESS_ENABLED: '', TASK_ID: '' })).toEqual(configOf({}));
  });

  test.each([
    ['', ''],
    ['/', ''],
    ['dev', '/dev'],
    ['/dev', '/dev'],
    ['/dev/', '/dev'],
    ['api/v1/', '/api/v1'],
  ])('BASE_PATH "%s" is the path "%s"', (given, path) => {
    expect(configOf({ BASE_PATH: given }).basePath).toBe(path);
  });

  test.each([
    [{ PORT: '65536' }, 'PORT must be at most 65535; got "65536"'],
    [{ PORT: '-1' }, 'PORT must be a whole number from 0 to 65535; got "-1"'],
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535; got "http"'],
    [
      { CPU_MILLISECONDS_PER_REQUEST: '1001' },
      'CPU_MILLISECONDS_PER_REQUEST must be at most 1000; got "1001"',
    ],
    [{ STOP_TIMEOUT_SECONDS: '0' }, 'STOP_TIMEOUT_SECONDS must be at least 1; got "0"'],
    [{ STRESS_ENABLED: 'yes' }, 'STRESS_ENABLED must be true or false; got "yes"'],
    [{ ACCESS_LOG: 'true' }, 'ACCESS_LOG must be on or off; got "true"'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent; got "loud"'],
    [{ BASE_PATH: '/a b' }, /^BASE_PATH must be path segments .*; got "\/a b"$/],
    [{ BASE_PATH: '/:id' }, /^BASE_PATH must be path segments/],
    [
      { ECS_CONTAINER_METADATA_URI_V4: 'file:///x' },
      'ECS_CONTAINER_METADATA_URI_V4 must be an http URL; got "file:///x"',
    ],
    [{ TASK_ID: 'a b' }, /^TASK_ID must be at most 256 letters/],
    [
      { STRESS_ENABLED: 'true' },
      'STRESS_TOKEN is not set, but STRESS_ENABLED is true; set a token of at least 16 characters',
    ],
  ])('%p is a problem that says what is allowed', (env, problem) => {
    const result = readConfig(env);
    const problems = result.ok ? [] : result.problems;
    expect(problems).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
  });

  test('reports every problem at once', () => {
    const result = readConfig({ PORT: 'x', ACCESS_LOG: 'x' });
    expect(result.ok ? [] : result.problems).toHaveLength(2);
  });

  test('never prints a token', () => {
    const result = readConfig({ STRESS_ENABLED: 'true', STRESS_TOKEN: 'too-short' });
    expect(result.ok ? [] : result.problems).toEqual([
      'STRESS_TOKEN must have at least 16 characters; got 9 characters',
    ]);
  });

  test('ignores a token while the stress routes are off', () => {
    expect(configOf({ STRESS_TOKEN: '0123456789abcdef' }).stressToken).toBeUndefined();
  });
});
