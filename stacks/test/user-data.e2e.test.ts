import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { findTool, missingTools } from '@tideline/aws-emulator';
import { type EnvironmentInput, presetInput, resolveEnvironment } from '@tideline/config';
import { containerInstanceUserData, userData } from '@tideline/infra';

const missing = missingTools(['shellcheck']);
const suite = missing.length === 0 ? describe : describe.skip;
const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:tideline/dev/session-keys-AbCdEf';

const group = presetInput('stateless-asg');
const pooled: EnvironmentInput = { ...group, compute: { kind: 'ec2-asg', warmPool: {} } };

const traced: EnvironmentInput = {
  ...group,
  network: { egress: 'nat' },
  observability: { tracing: { enabled: true } },
};

const scriptWith = (secrets: Readonly<Record<string, string>>, description = group) =>
  userData({
    environment: resolveEnvironment(description),
    image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/api@sha256:${'0'.repeat(64)}`,
    registry: '123456789012.dkr.ecr.us-east-1.amazonaws.com',
    logGroup: '/ecs/tideline-dev-api',
    collectorLogGroup: description.observability === undefined ? null : '/ecs/tideline-dev-collector',
    parameter: '/tideline/dev/api:1',
    secrets,
  });

/** The scripts that the first one writes, which run at every boot. */
const innerScripts = (script: string): readonly string[] =>
  [...script.matchAll(/<<'RUN'\n([\s\S]*?)RUN\n/g)].map(([, text = '']) => text);
const inner = (script: string): string => innerScripts(script).at(-1) ?? '';

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
  ['of a group with a warm pool', scriptWith({}, pooled)],
  ['of instances that trace', scriptWith({}, traced)],
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

describe('the script that tells a group with a warm pool', () => {
  /**
   * What it says while the group wants one state after the other of it, a look each. `aws` refuses the first call of each
   * state, as it does before the action is open.
   */
  function saidOf(targets: readonly string[], answersFromLook: number): readonly string[] {
    const stubs = `
      look=0
      targets=(${targets.map((target) => `'${target}'`).join(' ')})
      curl() {
        case "$*" in
          *127.0.0.1*) ((look >= ${answersFromLook})) ;;
          *target-lifecycle-state*) printf '%s' "\${targets[look]}" ;;
          *instance-id*) printf 'i-1' ;;
          *) printf 'token' ;;
        esac
      }
      asked=''
      aws() {
        if [[ "$asked" != "\${targets[look]}" ]]; then asked="\${targets[look]}"; return 254; fi
        echo "look $look: $*" | tr -s ' '
      }
      sleep() { look=$((look + 1)); if ((look == ${targets.length})); then exit 0; fi; }
    `;
    const { stdout, stderr } = spawnSync('bash', [], {
      input: stubs + inner(scriptWith({}, pooled)),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  }

  const call =
    'autoscaling complete-lifecycle-action --lifecycle-action-result CONTINUE --auto-scaling-group-name tideline-dev-api --lifecycle-hook-name application-answers --instance-id i-1';

  test('lets it go on once for each state, when the backend answers and the action is open', () => {
    const targets = ['', ...Array<string>(5).fill('Warmed:Running'), ...Array<string>(4).fill('InService')];
    expect(saidOf(targets, 3)).toEqual([`look 4: ${call}`, `look 7: ${call}`]);
  });

  test('lets an instance that has been back in the pool go on again', () => {
    const turn = ['InService', 'InService', 'InService'];
    const pool = ['Warmed:Running', 'Warmed:Running'];
    expect(saidOf([...turn, ...pool, ...turn], 0)).toEqual([
      `look 1: ${call}`,
      `look 4: ${call}`,
      `look 6: ${call}`,
    ]);
  });

  test('says nothing while the backend does not answer, or when the instance is to end', () => {
    expect(saidOf(['InService', 'InService', 'InService'], 9)).toEqual([]);
    expect(saidOf(['Terminated', 'Terminated', 'Warmed:Terminated', 'Warmed:Terminated'], 0)).toEqual([]);
  });
});
