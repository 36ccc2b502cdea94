import { describe, expect, test } from '@jest/globals';
import { ConfigurationError, formatProblems } from '@tideline/config';
import { CommanderError } from 'commander';
import { ListenError } from '../balancer/listen-error.ts';
import { ReleaseNoteError } from '../release/release-journal.ts';
import { ServiceStalledError } from '../twin.ts';
import { MissingBundleError } from './bundles.ts';
import { reportFailure } from './report-failure.ts';

function report(error: unknown) {
  let text = '';
  const exitCode = reportFailure(error, { write: (chunk: string) => (text += chunk) });
  return { exitCode, text };
}

const problem = {
  code: 'TL-CONFIG-CAPACITY-BOUNDS',
  path: 'capacity.min',
  message: 'min 5 is above max 3',
} as const;

interface Case {
  readonly what: string;
  readonly error: unknown;
  readonly exitCode: number;
  readonly text: string;
}

const cases: readonly Case[] = [
  {
    what: 'a wrong option, which commander has reported',
    error: new CommanderError(1, 'commander.unknownOption', 'x'),
    exitCode: 2,
    text: '',
  },
  {
    what: 'help that was asked for',
    error: new CommanderError(0, 'commander.helpDisplayed', 'x'),
    exitCode: 0,
    text: '',
  },
  {
    what: 'a contradiction in the configuration',
    error: new ConfigurationError([problem]),
    exitCode: 2,
    text: `${formatProblems([problem])}\n`,
  },
  {
    what: 'a port in use',
    error: new ListenError('EADDRINUSE', 'port 80 is in use'),
    exitCode: 2,
    text: 'port 80 is in use\n',
  },
  {
    what: 'a missing bundle',
    error: new MissingBundleError('main.mjs is missing'),
    exitCode: 2,
    text: 'main.mjs is missing\n',
  },
  {
    what: 'a note of a release that cannot be read',
    error: new ReleaseNoteError('release-api.json cannot be read'),
    exitCode: 2,
    text: 'release-api.json cannot be read\n',
  },
  {
    what: 'a service that cannot start',
    error: new ServiceStalledError('the service cannot start'),
    exitCode: 1,
    text: 'the service cannot start\n',
  },
  { what: 'something that is no error', error: 'thrown text', exitCode: 1, text: 'thrown text\n' },
];

describe('reportFailure', () => {
  test.each(cases)('$what', ({ error, exitCode, text }) => {
    expect(report(error)).toEqual({ exitCode, text });
  });

  test('a bug is reported with its stack', () => {
    const { exitCode, text } = report(new TypeError('x is not a function'));
    expect(exitCode).toBe(1);
    expect(text).toContain('TypeError: x is not a function');
    expect(text).toContain('report-failure.test.ts');
  });
});
