import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '@tideline/config';
import { CommanderError } from 'commander';
import { ListenError } from '../balancer/listen-error.ts';
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

describe('reportFailure', () => {
  test.each([
    [
      'a wrong option, which commander has reported',
      new CommanderError(1, 'commander.unknownOption', 'x'),
      2,
      '',
    ],
    ['help that was asked for', new CommanderError(0, 'commander.helpDisplayed', 'x'), 0, ''],
    ['a contradiction in the configuration', new ConfigurationError([problem]), 2, 'min 5 is above max 3'],
    ['a port in use', new ListenError('EADDRINUSE', 'port 80 is in use'), 2, 'port 80 is in use\n'],
    ['a missing bundle', new MissingBundleError('main.mjs is missing'), 2, 'main.mjs is missing\n'],
    [
      'a service that cannot start',
      new ServiceStalledError('the service cannot start'),
      1,
      'the service cannot start\n',
    ],
    ['something that is no error', 'thrown text', 1, 'thrown text\n'],
  ])('%s', (_what, error, exitCode, text) => {
    const reported = report(error);
    expect(reported.exitCode).toBe(exitCode);
    if (text === '') expect(reported.text).toBe('');
    else expect(reported.text).toContain(text);
  });

  test('a bug is reported with its stack', () => {
    const { exitCode, text } = report(new TypeError('x is not a function'));
    expect(exitCode).toBe(1);
    expect(text).toContain('TypeError: x is not a function');
    expect(text).toContain('report-failure.test.ts');
  });
});
