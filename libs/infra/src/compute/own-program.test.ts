import { describe, expect, test } from '@jest/globals';
import type { ComputeKindName } from '@tideline/config';
import { environment } from '../../test/synthesise.ts';
import { noStores } from '../data/store-references.ts';
import { appSecrets, appVariables } from './app-variables.ts';
import { appContainer } from './container-definitions.ts';
import { userData } from './ec2-asg/user-data.ts';
import { executionStatements } from './task-permissions.ts';

const key = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/key-a1B2c3';
const parameter = 'arn:aws:ssm:us-east-1:123456789012:parameter/shop/mode';
const log = { group: '/ecs/x', region: 'us-east-1' };

const shop = (container: object = {}, kind: ComputeKindName = 'fargate') =>
  environment({
    compute: { kind },
    container: {
      image: 'nginx:1.29',
      port: 8080,
      environment: { MODE: 'live', A: 'b' },
      secrets: { KEY: key, PASSWORD: `${key}:password::`, FLAG: parameter },
      ...container,
    },
  });

describe('a program of the user’s, as a container of ECS', () => {
  test('gets its port and its variables, and none of the shipped backend’s', () => {
    expect(appContainer(shop(), { image: 'i', log }).environment).toEqual([
      { name: 'A', value: 'b' },
      { name: 'MODE', value: 'live' },
      { name: 'PORT', value: '8080' },
    ]);
  });

  test('gets its secrets by reference', () => {
    expect(appContainer(shop(), { image: 'i', log }).secrets).toEqual([
      { name: 'KEY', valueFrom: key },
      { name: 'PASSWORD', valueFrom: `${key}:password::` },
      { name: 'FLAG', valueFrom: parameter },
    ]);
  });

  test('is checked by no program that its image may not hold', () => {
    expect(appContainer(shop(), { image: 'i', log })).not.toHaveProperty('healthCheck');
    const healthCheck = { kind: 'command', command: ['wget', '-qO-', 'http://127.0.0.1:8080/up'] };
    expect(appContainer(shop({ healthCheck }), { image: 'i', log })).toMatchObject({
      healthCheck: { command: ['CMD', 'wget', '-qO-', 'http://127.0.0.1:8080/up'], interval: 30, retries: 2 },
    });
  });

  test('starts as its image expects, unless the description says otherwise', () => {
    const plain = appContainer(shop(), { image: 'i', log });
    expect(plain).toMatchObject({
      readonlyRootFilesystem: false,
      linuxParameters: { initProcessEnabled: true },
    });
    for (const name of ['user', 'command', 'entryPoint', 'ulimits']) expect(plain).not.toHaveProperty(name);
    const strict = shop({
      ...{
        user: '101:101',
        readOnlyRootFilesystem: true,
        entryPoint: ['/bin/app'],
        command: ['--port', '8080'],
      },
      linux: { dropCapabilities: ['NET_RAW'], openFiles: 4096, initProcessEnabled: false },
    });
    expect(appContainer(strict, { image: 'i', log })).toMatchObject({
      user: '101:101',
      readonlyRootFilesystem: true,
      entryPoint: ['/bin/app'],
      command: ['--port', '8080'],
      ulimits: [{ name: 'nofile', softLimit: 4096, hardLimit: 4096 }],
      linuxParameters: { capabilities: { add: [], drop: ['NET_RAW'] }, initProcessEnabled: false },
    });
  });
});

test('ECS may read these secrets and no other, each where it is kept', () => {
  const secretArns = Object.values(appSecrets(shop(), noStores));
  const statements = executionStatements({ repositoryArns: ['r'], logGroupArns: ['l'], secretArns });
  expect(statements.slice(3)).toEqual([
    { Sid: 'Secrets', Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: [key] },
    { Sid: 'Parameters', Effect: 'Allow', Action: ['ssm:GetParameters'], Resource: [parameter] },
  ]);
});

describe('a program of the user’s, on an instance', () => {
  const script = (container: object = {}): string => {
    const described = shop(container, 'ec2-asg');
    return userData({
      environment: described,
      ...{ image: 'i', registry: 'r', collectorLogGroup: null, logGroup: 'l', parameter: 'p' },
      secrets: appSecrets(described, noStores),
    });
  };

  test('has its secrets read by key, and its parameters', () => {
    expect(script()).toContain(`  secret KEY '${key}'
  secret_key PASSWORD '${key}' 'password' 'AWSCURRENT'
  parameter FLAG '${parameter}'
`);
  });

  test('is started by docker as ECS would start it', () => {
    expect(script()).toContain(
      'exec docker run --rm --name backend --init --security-opt no-new-privileges \\\n',
    );
    expect(script()).toMatch(/\n {2}"\$image"\n/);
    const other = script({
      user: 'app',
      entryPoint: ['/bin/app', 'serve'],
      command: ['it’s', "it's", '${x}'],
    });
    expect(other).toContain('--user app');
    expect(other).toContain(
      String.raw`--entrypoint '/bin/app' "$image" 'serve' 'it’s' 'it'\''s' '$` + "${x}'\n",
    );
  });

  test('gets the same variables', () => {
    expect(appVariables(shop({}, 'ec2-asg'), noStores)).toEqual({ PORT: '8080', MODE: 'live', A: 'b' });
  });
});
