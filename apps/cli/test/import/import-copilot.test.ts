import { describe, expect, test } from '@jest/globals';
import { UsageError } from '@tideline/process';
import { type CopilotOptions, importCopilot } from '../../src/import/copilot/import-copilot.ts';
import type { Imported, Remark } from '../../src/import/list/import-draft.ts';
import { SourceNode } from '../../src/import/source/source-node.ts';
import { document } from './sources.ts';

const imported = (manifest: unknown, options: CopilotOptions = {}): Imported =>
  importCopilot(SourceNode.of(manifest), options);
const smallest = {
  name: 'api',
  type: 'Load Balanced Web Service',
  image: { location: 'nginx:1.29', port: 80 },
};
const pathsOf = (remarks: readonly Remark[]): readonly string[] => remarks.map(({ path }) => path);

describe('storefront in prod', () => {
  const { description, left } = imported(document('copilot/storefront.yml'), {
    env: 'prod',
    region: 'eu-west-1',
    account: '123456789012',
  });

  test('has the size, the bounds and the deployment of its environment', () => {
    expect(description).toMatchObject({
      project: 'storefront',
      stage: 'prod',
      region: 'eu-west-1',
      compute: { kind: 'fargate', cpuUnits: 1024, memoryMiB: 2048, architecture: 'ARM64' },
      capacity: { min: 4, max: 20, desired: 4 },
      deployment: { minimumHealthyPercent: 0, maximumPercent: 100, availabilityZoneRebalancing: false },
    });
  });

  test('scales on every metric that the manifest follows, with its cooldowns or Copilot’s', () => {
    expect(description.scaling).toEqual({
      policies: [
        {
          type: 'target-tracking',
          name: 'cpu',
          metric: { kind: 'cpu', targetPercent: 70 },
          scaleInCooldownSeconds: 90,
          scaleOutCooldownSeconds: 45,
        },
        {
          type: 'target-tracking',
          name: 'memory',
          metric: { kind: 'memory', targetPercent: 80 },
          scaleInCooldownSeconds: 80,
          scaleOutCooldownSeconds: 160,
        },
        {
          type: 'target-tracking',
          name: 'requests-per-target',
          metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 10_000 },
          scaleInCooldownSeconds: 90,
          scaleOutCooldownSeconds: 45,
        },
        {
          type: 'target-tracking',
          name: 'response-time',
          metric: { kind: 'response-time', targetMilliseconds: 2000, statistic: 'Average' },
          scaleInCooldownSeconds: 90,
          scaleOutCooldownSeconds: 45,
        },
      ],
    });
  });

  test('probes as its balancer does, and runs the command of its own check', () => {
    expect(description.healthCheck).toEqual({
      path: '/_healthcheck',
      healthyThreshold: 3,
      unhealthyThreshold: 4,
      intervalSeconds: 15,
      timeoutSeconds: 10,
      gracePeriodSeconds: 120,
    });
    expect(description.loadBalancer).toEqual({ deregistrationDelaySeconds: 50, stickinessSeconds: 86_400 });
    expect(description.container).toMatchObject({
      build: {
        context: './storefront',
        dockerfile: 'docker/Dockerfile',
        target: 'release',
        args: { NODE_VERSION: '22' },
      },
      healthCheck: {
        kind: 'command',
        command: ['/bin/sh', '-c', 'curl -f http://localhost:8080/_healthcheck || exit 1'],
      },
    });
  });

  test('has its plain variables, and its secrets by ARN', () => {
    expect(description.container).toMatchObject({
      environment: { LOG_LEVEL: 'warn', BASKET_LIMIT: '20', STAGE_NAME: 'prod' },
      secrets: {
        GITHUB_TOKEN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/GITHUB_TOKEN',
        SESSION_SECRET: 'arn:aws:ssm:eu-west-1:123456789012:parameter/copilot/shop/prod/secrets/session',
        PAYMENTS_KEY: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:payments-a1B2c3',
      },
    });
  });

  test('leaves exports of stacks, sidecars, TLS and limits of addresses, and what prod replaces', () => {
    expect(pathsOf(left)).toEqual(
      expect.arrayContaining([
        'variables.TABLE_NAME',
        'variables.QUEUE_NAME',
        'secrets.DB_SECRET.secretsmanager',
        'secrets.IMPORTED',
        'sidecars.nginx',
        'http.alias',
        'http.allowed_source_ips',
        'environments.test',
        'count.range',
      ]),
    );
  });
});

test('a manifest that says little gets what Copilot would give it', () => {
  const { description, chosen } = imported(smallest);
  expect(description).toMatchObject({
    compute: { cpuUnits: 256, memoryMiB: 512 },
    healthCheck: { path: '/', healthyThreshold: 5, gracePeriodSeconds: 60 },
    loadBalancer: { deregistrationDelaySeconds: 60 },
    capacity: { min: 1, max: 1, desired: 1 },
    scaling: { policies: [] },
  });
  expect(pathsOf(chosen)).toEqual(
    expect.arrayContaining(['compute.cpuUnits', 'capacity', 'healthCheck.path']),
  );
});

test('a policy without a cooldown gets Copilot’s', () => {
  const { description } = imported({ ...smallest, count: { range: '1-4', requests: 300 } });
  expect(description.scaling).toMatchObject({
    policies: [{ scaleInCooldownSeconds: 120, scaleOutCooldownSeconds: 60 }],
  });
});

test.each([
  ['200', undefined],
  ['200-499', 'none'],
  ['200,301', 'none'],
])('success codes %s make a health check of kind %s', (codes, kind) => {
  const healthcheck = { path: '/up', success_codes: codes };
  const { description, changed } = imported({ ...smallest, http: { path: '/', healthcheck } });
  expect((description.container as { healthCheck?: { kind: string } }).healthCheck?.kind).toBe(kind);
  expect(pathsOf(changed)).toEqual(codes === '200,301' ? ['http.healthcheck.success_codes'] : []);
});

test('a build by its Dockerfile alone has that one’s folder as its context', () => {
  const image = (build: unknown) =>
    imported({ ...smallest, image: { build, port: 80 } }).description.container;
  expect(image('web/Dockerfile')).toMatchObject({
    image: 'api:local',
    build: { context: 'web', dockerfile: 'Dockerfile' },
  });
  expect(image({ context: 'web' })).toMatchObject({ build: { context: 'web' } });
  expect(image({ dockerfile: 'web/docker/Dockerfile', context: 'web' })).toMatchObject({
    build: { context: 'web', dockerfile: 'docker/Dockerfile' },
  });
});

test.each<[string, unknown, CopilotOptions, string]>([
  [
    'another type',
    { ...smallest, type: 'Backend Service' },
    {},
    'TL-IMPORT-SOURCE type is "Backend Service"; allowed: "Load Balanced Web Service"',
  ],
  ['no port', { ...smallest, image: { location: 'nginx' } }, {}, 'TL-IMPORT-SOURCE image.port is missing'],
  [
    'no image',
    { ...smallest, image: { port: 80 } },
    {},
    'TL-IMPORT-SOURCE image has neither build nor a location',
  ],
  [
    'an image that is not written out',
    { ...smallest, image: { port: 80, location: 'shop:${TAG}' } },
    {},
    'TL-IMPORT-SOURCE image.location holds a name',
  ],
  [
    'an unknown environment',
    { ...smallest, environments: { prod: { count: 2 } } },
    { env: 'prd' },
    'TL-IMPORT-CHOICE --env prd is no environment of the manifest; did you mean "prod"?',
  ],
])('refuses %s', (...[, manifest, options, message]) => {
  expect(() => imported(manifest, options)).toThrow(UsageError);
  expect(() => imported(manifest, options)).toThrow(message);
});
