import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type SharedProvider,
  findTool,
  missingTools,
  startSharedProvider,
  synthesisedTypes,
} from '@tideline/aws-emulator';
import { environmentStackIds, loadEnvironment, presetNames } from '@tideline/config';
import { writeStacks } from './synthesise.ts';

const run = promisify(execFile);
const deadlineMs = 240_000;
const missing = missingTools(['terraform']);
const suite = missing.length === 0 ? describe : describe.skip;

const orders = { namespace: 'Shop', metricName: 'Orders', dimensions: { Queue: 'web' } };
const steps = [{ lowerBound: 0, adjustment: 1 }];
const alarm = { comparison: 'GreaterThanThreshold', threshold: 50 };

/** Every option and every kind of policy at once. */
const everything = {
  network: { egress: 'nat' },
  container: {
    stressRoutes: true,
    stressTokenSecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:stress-AbCdEf',
  },
  loadBalancer: {
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c',
    domainName: 'shop.example.com',
  },
  observability: { tracing: { enabled: true }, alarmEmail: 'owner@example.com' },
  accessLogs: { enabled: true },
  waf: { enabled: true },
  delivery: { oidcProvider: 'existing' },
  state: { lock: 'both' },
  scaling: {
    policies: [
      { type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 50 } },
      { type: 'target-tracking', name: 'memory', metric: { kind: 'memory', targetPercent: 50 } },
      {
        type: 'target-tracking',
        name: 'requests',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
      },
      {
        type: 'target-tracking',
        name: 'latency',
        metric: { kind: 'response-time', targetMilliseconds: 200, statistic: 'p99' },
      },
      { type: 'target-tracking', name: 'custom', metric: { kind: 'custom', ...orders, targetValue: 5 } },
      {
        type: 'target-tracking',
        name: 'sum',
        metric: { kind: 'sum', metrics: [orders, { ...orders, metricName: 'Returns' }], targetValue: 5 },
      },
      { type: 'step', name: 'step', metric: { kind: 'response-time', statistic: 'p95' }, alarm, steps },
      {
        type: 'step',
        name: 'step-sum',
        metric: { kind: 'sum', metrics: [orders, { ...orders, metricName: 'Returns' }] },
        alarm,
        steps,
      },
      { type: 'scheduled', name: 'morning', schedule: 'cron(0 7 ? * MON-FRI *)', minCapacity: 3 },
    ],
  },
};

/** The same for instances, which CloudFront stands in front of and which follow no memory. */
const everyInstanceOption = {
  ...everything,
  compute: { kind: 'ec2-asg', instanceType: 't4g.small', sshFromCidr: '10.8.0.0/24', keyName: 'operators' },
  loadBalancer: { stickinessSeconds: 300 },
  observability: { alarmEmail: 'owner@example.com' },
  cdn: { enabled: true },
  protection: { files: false },
  sessions: {
    store: 'redis',
    engine: 'valkey',
    replicas: 0,
    snapshotRetentionDays: 7,
    snapshotWindow: '03:00-04:00',
  },
  scaling: {
    policies: [
      ...everything.scaling.policies.filter(({ metric }) => metric?.kind !== 'memory'),
      { type: 'scheduled', name: 'once', schedule: 'at(2030-01-01T00:00:00)', maxCapacity: 9 },
    ],
  },
};

/** The same for tasks on instances, which no collector runs beside. */
const everyHostOption = {
  ...everything,
  compute: {
    kind: 'ecs-ec2',
    instanceType: 't4g.small',
    instances: { min: 0, max: 9 },
    targetCapacityPercent: 80,
  },
  observability: { alarmEmail: 'owner@example.com' },
};

/** An HTTP API and releases with every option, and a policy on both target groups. */
const everyReleaseOption = {
  state: { lock: 's3' },
  ingress: {
    kind: 'api-gateway',
    cors: { allowOrigins: ['https://example.com'], allowHeaders: ['content-type'] },
  },
  release: { kind: 'blue-green', shift: { kind: 'linear', percent: 25, intervalMinutes: 2 } },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'requests',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600, acrossTargetGroups: true },
      },
      {
        type: 'step',
        name: 'requests-step',
        metric: { kind: 'requests-per-target', acrossTargetGroups: true },
        alarm,
        steps,
      },
      { type: 'step', name: 'latency', metric: { kind: 'response-time', statistic: 'p95' }, alarm, steps },
    ],
  },
};

/** A program of the user’s, with every option of its container. */
const everyContainerOption = {
  container: {
    build: { context: '.', args: { VERSION: '1' } },
    ...{ entryPoint: ['/bin/shop'], command: ['serve'], user: '101:101', port: 8080 },
    environment: { MODE: 'live' },
    secrets: {
      KEY: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-AbCdEf:key::',
      FLAG: 'arn:aws:ssm:us-east-1:123456789012:parameter/shop/flag',
    },
    linux: { dropCapabilities: ['NET_RAW'], openFiles: 65_536 },
    healthCheck: { kind: 'command', command: ['/bin/shop', 'check'] },
  },
};

suite(`terraform validate${missing.map((reason) => ` (${reason})`).join('')}`, () => {
  let folder: string;
  let provider: SharedProvider;
  let output = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tideline-validate-'));
    provider = await startSharedProvider({ environment: {}, types: () => synthesisedTypes(output) });
    await writeFile(join(folder, 'everything.json'), JSON.stringify(everything));
    await writeFile(join(folder, 'instances.json'), JSON.stringify(everyInstanceOption));
    await writeFile(join(folder, 'hosts.json'), JSON.stringify(everyHostOption));
    await writeFile(join(folder, 'program.json'), JSON.stringify(everyContainerOption));
    await writeFile(join(folder, 'releases.json'), JSON.stringify(everyReleaseOption));
  }, deadlineMs);

  afterAll(async () => {
    await provider.close();
    await rm(folder, { recursive: true });
  });

  const terraform = (args: readonly string[], cwd: string) =>
    run(findTool('terraform') ?? 'terraform', args, {
      cwd,
      env: { ...process.env, CHECKPOINT_DISABLE: '1', ...provider.environment },
    });

  /** A stack is checked as it is; its state is not looked at. */
  async function validate(stackFolder: string): Promise<unknown> {
    await terraform(['init', '-backend=false', '-input=false'], stackFolder);
    const { stdout } = await terraform(['validate', '-json'], stackFolder).catch(
      (error: unknown) => error as { readonly stdout: string },
    );
    const { diagnostics } = JSON.parse(stdout) as {
      readonly diagnostics: readonly { readonly severity: string }[];
    };
    return diagnostics.filter(({ severity }) => severity === 'error');
  }

  test.each([
    ...presetNames.map((preset) => [preset, {}] as const),
    ['load-driven', { TIDELINE_CONFIG: 'everything.json' }],
    ['stateless-asg', { TIDELINE_CONFIG: 'instances.json' }],
    ['flash-sale', { TIDELINE_CONFIG: 'hosts.json' }],
    ['blue-green', { TIDELINE_CONFIG: 'releases.json' }],
    ['fargate-alb', { TIDELINE_CONFIG: 'program.json' }],
  ])(
    'accepts every stack of %s %j',
    async (preset, over: { readonly TIDELINE_CONFIG?: string }) => {
      const file = over.TIDELINE_CONFIG === undefined ? undefined : join(folder, over.TIDELINE_CONFIG);
      const environment = await loadEnvironment({ preset, file, variables: {} });
      output = await mkdtemp(join(folder, 'out-'));
      writeStacks(output, environment);
      for (const stack of environmentStackIds(environment))
        expect([stack, await validate(join(output, 'stacks', stack))]).toEqual([stack, []]);
    },
    deadlineMs,
  );
});
