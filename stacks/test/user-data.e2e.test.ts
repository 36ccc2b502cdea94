import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { findTool, missingTools } from '@tideline/aws-emulator';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { containerInstanceUserData, userData } from '@tideline/infra';

const missing = missingTools(['shellcheck']);
const suite = missing.length === 0 ? describe : describe.skip;
const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:tideline/dev/session-keys-AbCdEf';

const scriptWith = (secrets: Readonly<Record<string, string>>) =>
  userData({
    environment: resolveEnvironment(presetInput('stateless-asg')),
    image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/api@sha256:${'0'.repeat(64)}`,
    registry: '123456789012.dkr.ecr.us-east-1.amazonaws.com',
    logGroup: '/ecs/tideline-dev-api',
    parameter: '/tideline/dev/api:1',
    secrets,
  });

/** The script that the first one writes, which runs at every boot. */
const inner = (script: string): string => /<<'RUN'\n([\s\S]*?)RUN\n/.exec(script)?.[1] ?? '';

const hostScript = containerInstanceUserData({ cluster: 'tideline-dev', reservedMemoryMiB: 64 });

describe('user data of an instance for tasks', () => {
  test('is a script that Bash reads', () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: hostScript, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  suite(`for ShellCheck${missing.map((reason) => ` (${reason})`).join('')}`, () => {
    test('has nothing to remark', () => {
      const { stdout } = spawnSync(findTool('shellcheck') ?? 'shellcheck', ['--format=gcc', '-'], {
        input: hostScript,
        encoding: 'utf8',
      });
      expect(stdout).toBe('');
    });
  });
});

describe.each([
  ['with secrets', scriptWith({ SESSION_KEYS: secretArn, REDIS_AUTH_TOKEN: secretArn })],
  ['without a secret', scriptWith({})],
])('user data %s', (_name, script) => {
  test.each([
    ['of the first boot', script],
    ['of every boot', inner(script)],
  ])('is a script %s that Bash reads', (_when, text) => {
    expect(text.length).toBeGreaterThan(100);
    const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  suite(`for ShellCheck${missing.map((reason) => ` (${reason})`).join('')}`, () => {
    test.each([
      ['of the first boot', script],
      ['of every boot', inner(script)],
    ])('has nothing to remark %s', (_when, text) => {
      const { stdout } = spawnSync(findTool('shellcheck') ?? 'shellcheck', ['--format=gcc', '-'], {
        input: text,
        encoding: 'utf8',
      });
      expect(stdout).toBe('');
    });
  });
});
