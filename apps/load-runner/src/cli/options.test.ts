import { describe, expect, test } from '@jest/globals';
import { loadProfile } from '@tideline/config';
import { serviceEnvironment } from '@tideline/config/testing';
import { openExchange } from '../exchange/exchange.ts';
import { isLoopback, readEnvironment, readProfile, readTarget, readUrl, withOverrides } from './options.ts';
import { planFromOptions } from './plan-from-options.ts';

const from = { variables: {}, exchange: null };
const options = {
  target: 'http://127.0.0.1:3000',
  profile: 'headline',
  set: [],
  out: 'reports',
  json: false,
  quiet: false,
  allowRemote: false,
  stopOnStdinEnd: false,
};

describe('target', () => {
  test.each(['http://127.0.0.1:3000', 'http://localhost', 'http://[::1]:80', 'https://127.8.8.8'])(
    '%s is this machine',
    (text) => {
      expect(readTarget(text, false).href).toContain(new URL(text).hostname);
    },
  );

  test('another machine needs leave', () => {
    expect(() => readTarget('http://shop.example', false)).toThrow('TL-RUN-REMOTE-TARGET');
    expect(() => readTarget('http://127.0.0.1.shop.example', false)).toThrow('--allow-remote');
    expect(readTarget('http://shop.example', true).hostname).toBe('shop.example');
    expect(isLoopback(new URL('http://10.0.0.1'))).toBe(false);
  });

  test.each(['127.0.0.1:3000', 'ftp://127.0.0.1', 'http://127.0.0.1/?a=b', ''])(
    '"%s" is no target',
    (text) => {
      expect(() => readUrl('--target', text)).toThrow(
        `--target: got "${text}"; allowed is an http or https URL`,
      );
    },
  );
});

describe('profile', () => {
  test('an unknown name is answered with those there are', async () => {
    await expect(readProfile('hedline')).rejects.toThrow(/--profile hedline: [^]*did you mean "headline"/);
  });

  test('a file that is not there is told', async () => {
    await expect(readProfile('./no-such-profile.json')).rejects.toThrow('--profile ./no-such-profile.json: ');
  });

  test('users, rate and hold lie over a profile of one stage', () => {
    const { stages } = withOverrides(loadProfile('headline'), { users: 10, rate: 50, hold: 5 });
    expect(stages).toEqual([
      { users: 10, usersPerSecond: 5, rampSeconds: 0, holdSeconds: 5, requestsPerSecond: 50 },
    ]);
  });

  test('they are refused where they would not say which stage', () => {
    expect(() => withOverrides(loadProfile('spike'), { users: 10 })).toThrow('"spike" has 3');
  });
});

describe('environment', () => {
  test('comes out of an environment variable, as a task is given it', async () => {
    const environment = serviceEnvironment();
    const variables = { OBSERVED_ENVIRONMENT: JSON.stringify(environment) };
    await expect(readEnvironment('env:OBSERVED_ENVIRONMENT', variables)).resolves.toEqual(environment);
  });

  test('that another version resolved is refused there', async () => {
    const older = { ...serviceEnvironment(), loadRunner: undefined };
    const variables = { OBSERVED_ENVIRONMENT: JSON.stringify(older) };
    await expect(readEnvironment('env:OBSERVED_ENVIRONMENT', variables)).rejects.toThrow(
      /--environment env:OBSERVED_ENVIRONMENT: loadRunner/,
    );
  });

  test('that is not there is told by the name of its variable', async () => {
    await expect(readEnvironment('env:OBSERVED_ENVIRONMENT', {})).rejects.toThrow(
      'TL-RUN-FILE --environment: variable OBSERVED_ENVIRONMENT is not JSON',
    );
  });
});

describe('plan', () => {
  test('options about scaling are refused where nobody observes', async () => {
    await expect(planFromOptions({ ...options, idleSpeed: 60 }, from)).rejects.toThrow(
      '--idle-speed 60: got no --observe',
    );
    await expect(planFromOptions({ ...options, expectPeak: 6 }, from)).rejects.toThrow('--expect-peak 6');
  });

  test('without an observer the load alone is planned', async () => {
    await expect(planFromOptions(options, from)).resolves.toMatchObject({
      environment: null,
      idleSpeed: null,
      expectedPeak: null,
      observer: { kind: 'none' },
    });
  });

  test.each([
    [{ set: ['capacity.max=8'] }, 'got --set capacity.max=8 and no description to change'],
    [{ config: 'mine.json' }, '--config mine.json: the file mine.json cannot be read'],
    [
      { environment: 'mine.json', preset: 'flash-sale', set: ['stage=it'] },
      'got --environment mine.json and --preset flash-sale, --set stage=it; give --environment or the others',
    ],
    [{ observe: 'awss' }, '--observe: got "awss"; did you mean "aws"?'],
  ])('%j is refused', async (more, message) => {
    await expect(planFromOptions({ ...options, ...more }, from)).rejects.toThrow(message);
  });

  test('a setting changes the preset', async () => {
    const set = ['capacity.max=9'];
    await expect(planFromOptions({ ...options, preset: 'load-driven', set }, from)).resolves.toMatchObject({
      environment: { capacity: { max: 9 } },
    });
  });

  test('with one, the twin is watched', async () => {
    const plan = await planFromOptions({ ...options, observe: 'http://127.0.0.1:4000', idleSpeed: 60 }, from);
    expect(plan).toMatchObject({ idleSpeed: 60, observer: { kind: 'twin' } });
  });

  test('takes the profile that the exchange holds, and not the one that was named', async () => {
    const handed = { ...loadProfile('spike'), name: 'handed-over' };
    const exchange = { read: () => Promise.resolve(JSON.stringify(handed)), put: () => Promise.resolve() };
    const plan = await planFromOptions({ ...options, profile: 'headline' }, { ...from, exchange });
    expect(plan.profile).toEqual(handed);
  });

  test('names the file of the exchange that is no profile', async () => {
    const exchange = { read: () => Promise.resolve('{"name":"x"}'), put: () => Promise.resolve() };
    await expect(planFromOptions(options, { ...from, exchange })).rejects.toThrow(
      '--exchange: profile.json: stages',
    );
  });
});

test('an exchange is a folder in S3', async () => {
  for (const url of ['s3://bucket', 's3:///folder', 'https://bucket/folder'])
    await expect(openExchange(url)).rejects.toThrow(`TL-RUN-EXCHANGE --exchange: got "${url}"`);
});
