import { describe, expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { EnvironmentInput } from '../environment.ts';
import { loadProfile } from '../presets/presets.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { environmentWarnings } from '../warnings/environment-warnings.ts';

const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/key-a1B2c3';

function problemsOf(over: Partial<EnvironmentInput>): readonly string[] {
  try {
    resolveEnvironment(description(over));
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError)
      return error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`);
    throw error;
  }
}

test.each<[string, Partial<EnvironmentInput>, string]>([
  [
    'a command and a container at once',
    { local: { command: 'node server.js', container: true }, container: { image: 'shop:1' } },
    'TL-CONFIG-LOCAL-RUNTIME local.container: got true with local.command "node server.js"',
  ],
  [
    'a container without an image',
    { local: { container: true } },
    'TL-CONFIG-LOCAL-RUNTIME local.container: got true with container.image tideline-api:local',
  ],
  [
    'a build for another architecture',
    { container: { build: { platform: 'linux/arm64' } } },
    'TL-CONFIG-BUILD-PLATFORM container.build.platform: got linux/arm64 with architecture X86_64',
  ],
  [
    'a variable that is a secret, too',
    { container: { image: 'shop:1', environment: { KEY: 'a' }, secrets: { KEY: arn } } },
    'TL-CONFIG-VARIABLE-TWICE container.environment.KEY: is also in container.secrets',
  ],
  [
    'a local variable that is a secret, too',
    { container: { image: 'shop:1', secrets: { KEY: arn } }, local: { environment: { KEY: 'a' } } },
    'TL-CONFIG-VARIABLE-TWICE local.environment.KEY: is also in container.secrets',
  ],
  [
    'another port in a variable',
    { container: { image: 'shop:1', port: 8080, environment: { PORT: '80' } } },
    'TL-CONFIG-PORT-VARIABLE container.environment.PORT: got "80" with container.port 8080',
  ],
  [
    'a fixed port on one machine',
    { local: { command: 'serve', portVariable: 'LISTEN', environment: { LISTEN: '80' } } },
    'TL-CONFIG-PORT-VARIABLE local.environment.LISTEN: names the port of a task',
  ],
  [
    'a health command where no ECS is',
    { compute: { kind: 'ec2-asg' }, container: { healthCheck: { kind: 'command', command: ['true'] } } },
    'TL-CONFIG-HEALTH-COMMAND container.healthCheck.kind: got command with compute.kind ec2-asg',
  ],
  [
    'sessions of another program',
    { container: { image: 'shop:1' }, sessions: { store: 'redis' } },
    'TL-CONFIG-BACKEND-FEATURE sessions.store: got redis with a program of your own',
  ],
  [
    'stress routes of a command',
    { container: { stressRoutes: true }, local: { command: ['python3', 'app.py'] } },
    'TL-CONFIG-BACKEND-FEATURE container.stressRoutes: got true',
  ],
  [
    'a malformed variable name',
    { container: { environment: { '1ST': 'a' } } },
    'container.environment.1ST: is a name that is not allowed: it must be letters, digits and underscores',
  ],
  [
    'a secret in the place of its ARN, which it does not show',
    { container: { secrets: { KEY: 'hunter2' } } },
    'container.secrets.KEY: got a value that is not shown; must be the ARN of a secret',
  ],
  [
    'an empty command',
    { local: { command: [] } },
    'got []; allowed: text of 1 to 32768 characters, or a list of',
  ],
  ['an unknown stop signal', { local: { stopSignal: 'SIGTERN' as 'SIGTERM' } }, 'one of "SIGTERM", "SIGINT"'],
])('refuses %s', (_what, over, expected) => {
  expect(problemsOf(over)).toEqual([expect.stringContaining(expected)]);
});

test.each([
  arn,
  `${arn}:password::`,
  'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/key',
  'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:key-a1B2c3',
])('takes the secret %s', (secret) => {
  expect(problemsOf({ container: { image: 'shop:1', secrets: { KEY: secret } } })).toEqual([]);
});

describe('an image that tasks at AWS cannot reach', () => {
  const warningsOf = (over: Partial<EnvironmentInput>): readonly string[] =>
    environmentWarnings(resolveEnvironment(description(over)), loadProfile('steady'))
      .filter(({ path }) => path === 'container.image')
      .map(({ code, message }) => `${code} ${message}`);

  test('is told with the remedy', () => {
    expect(warningsOf({ container: { image: 'nginx:1.29' } })).toEqual([
      expect.stringMatching(
        /^TL-WARN-IMAGE-EGRESS nginx:1\.29 is in no ECR repository.*network\.egress to nat$/,
      ),
    ]);
  });

  test.each<[string, Partial<EnvironmentInput>]>([
    ['of an ECR repository', { container: { image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1' } }],
    ['that a deploy builds', { container: { build: {} } }],
    ['behind a NAT gateway', { container: { image: 'nginx:1.29' }, network: { egress: 'nat' } }],
    ['of the backend that is shipped here', {}],
    ['where a command runs, and none is named', { local: { command: 'npm start' } }],
  ])('is not one %s', (_what, over) => {
    expect(warningsOf(over)).toEqual([]);
  });
});
