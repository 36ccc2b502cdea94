import { expect, test } from '@jest/globals';
import { importEcs } from '../../src/import/ecs/import-ecs.ts';
import type { Remark } from '../../src/import/list/import-draft.ts';
import { SourceNode } from '../../src/import/source/source-node.ts';
import { document, sources } from './sources.ts';

const named = (start: string) => {
  const { documents, convert } = sources.find(({ title }) => title.startsWith(start))!;
  return convert(documents);
};
const pathsOf = (remarks: readonly Remark[]): readonly string[] => remarks.map(({ path }) => path);
const task = (over: object = {}, container: object = {}) => ({
  family: 'web',
  containerDefinitions: [
    { name: 'web', image: 'nginx:1.29', portMappings: [{ containerPort: 80 }], ...container },
  ],
  ...over,
});
const imported = (
  taskDefinition: unknown,
  answers: Readonly<Record<string, unknown>> = {},
  container?: string,
) =>
  importEcs(
    {
      taskDefinition: SourceNode.of(taskDefinition),
      ...Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, SourceNode.of(answer)])),
    },
    container === undefined ? {} : { container },
  );

test('a Fargate service is carried over with its container, deployment, bounds and policies', () => {
  const { description, left } = named('ecs orders');
  expect(description).toMatchObject({
    project: 'orders',
    region: 'eu-west-1',
    compute: { kind: 'fargate', cpuUnits: 1024, memoryMiB: 3072, architecture: 'ARM64' },
    container: {
      port: 8080,
      user: 'app:app',
      readOnlyRootFilesystem: true,
      stopTimeoutSeconds: 60,
      entryPoint: ['/usr/bin/tini', '--'],
      environment: { SPRING_PROFILES_ACTIVE: 'prod' },
      secrets: { FEATURES: 'arn:aws:ssm:eu-west-1:123456789012:parameter/orders/features' },
      linux: { initProcessEnabled: true, dropCapabilities: ['NET_RAW'], openFiles: 32_768 },
    },
    healthCheck: {
      path: '/actuator/health',
      intervalSeconds: 20,
      timeoutSeconds: 4,
      unhealthyThreshold: 3,
      gracePeriodSeconds: 120,
    },
    deployment: {
      minimumHealthyPercent: 75,
      maximumPercent: 150,
      circuitBreaker: { enabled: true, rollback: false },
    },
    capacity: { min: 2, max: 12, desired: 3 },
    scaling: {
      suspendedState: { scheduledScalingSuspended: true },
      policies: [
        {
          name: 'cpu',
          metric: { kind: 'cpu', targetPercent: 55.5 },
          scaleOutCooldownSeconds: 30,
          scaleInCooldownSeconds: 240,
        },
        {
          name: 'requests-per-target',
          metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 900 },
          scaleInEnabled: false,
        },
        { name: 'latency', metric: { kind: 'response-time', targetMilliseconds: 250 } },
        {
          name: 'backlog',
          metric: {
            kind: 'custom',
            namespace: 'Orders',
            dimensions: { QueueName: 'orders' },
            targetValue: 40,
          },
        },
      ],
    },
  });
  expect(pathsOf(left)).toEqual(
    expect.arrayContaining([
      'taskDefinition.containerDefinitions[1]',
      'taskDefinition.containerDefinitions[0].environment[1].value',
      'taskDefinition.taskRoleArn',
      'services[0].capacityProviderStrategy[1]',
      'services[0].loadBalancers[0].targetGroupArn',
      'ScalableTargets[1]',
      'ScalingPolicies[4]',
    ]),
  );
});

test('a service on instances has step policies with the alarms that set them off, in the units of a description', () => {
  const { description, changed } = named('ecs billing.task-definition targets policies alarms');
  expect(description).toMatchObject({
    compute: { kind: 'ecs-ec2', cpuUnits: 512, memoryMiB: 700, instanceType: 't3.micro' },
    container: { port: 5000, healthCheck: { kind: 'none' } },
    capacity: { min: 1, max: 8, desired: 1 },
    scaling: {
      policies: [
        {
          type: 'step',
          metric: { kind: 'cpu' },
          alarm: {
            threshold: 75,
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
            treatMissingData: 'notBreaching',
          },
          adjustmentType: 'PercentChangeInCapacity',
          steps: [
            { lowerBound: 0, upperBound: 15, adjustment: 50 },
            { lowerBound: 15, upperBound: null, adjustment: 100 },
          ],
          minAdjustmentMagnitude: 2,
          aggregation: 'Maximum',
          cooldownSeconds: 60,
        },
        {
          metric: { kind: 'response-time', statistic: 'p90' },
          alarm: { threshold: 1500 },
          steps: [{ upperBound: 500 }, { lowerBound: 500 }],
        },
        { alarm: { comparison: 'LessThanThreshold', evaluationPeriods: 15 }, steps: [{ adjustment: -1 }] },
        { type: 'scheduled', name: 'month-end', timeZone: 'Europe/Berlin', minCapacity: 4, maxCapacity: 8 },
      ],
    },
  });
  expect(pathsOf(changed)).toContain('MetricAlarms[2].Period');
});

test('a step policy without its alarm is left, with the option that brings it', () => {
  const { description, left } = named('ecs billing.task-definition targets policies');
  expect(named('ecs billing.task-definition targets policies').description).toEqual(description);
  const { documents, convert } = sources.filter(({ title }) => title.startsWith('ecs billing'))[1]!;
  const without = convert(documents);
  expect(without.description.scaling).toEqual({ policies: [] });
  expect(without.left.find(({ path }) => path === 'ScalingPolicies[0]')?.reason).toMatch(
    /--alarms: aws cloudwatch/,
  );
  expect(pathsOf(left)).not.toContain('ScalingPolicies[0]');
});

test.each([
  ['.25 vCPU', '0.5 GB', 256, 512],
  ['1024', '2048', 1024, 2048],
  ['2 vcpu', '4GB', 2048, 4096],
])('a size of %s and %s is %i CPU units and %i MiB', (...[cpu, memory, cpuUnits, memoryMiB]) => {
  expect(imported(task({ cpu, memory })).description.compute).toMatchObject({ cpuUnits, memoryMiB });
});

test('a count without bounds is fixed, and one outside its bounds moves inside', () => {
  const service = (desiredCount: number) => ({ services: [{ serviceName: 'web', desiredCount }] });
  expect(imported(task(), { service: service(3) }).description.capacity).toEqual({
    min: 3,
    max: 3,
    desired: 3,
  });
  const targets = {
    ScalableTargets: [
      {
        ServiceNamespace: 'ecs',
        ScalableDimension: 'ecs:service:DesiredCount',
        ResourceId: 'service/c/web',
        MinCapacity: 2,
        MaxCapacity: 6,
      },
    ],
  };
  const { description, changed } = imported(task(), { service: service(9), targets });
  expect(description.capacity).toEqual({ min: 2, max: 6, desired: 6 });
  expect(pathsOf(changed)).toContain('services[0].desiredCount');
});

const two = {
  containerDefinitions: ['web', 'api'].map((name) => ({
    name,
    image: `${name}:1`,
    portMappings: [{ containerPort: 80 }],
  })),
};

test('of several containers the named one is imported', () => {
  expect(imported(task(two), {}, 'api').description.container).toMatchObject({ image: 'api:1' });
});

test.each<[string, () => unknown, string]>([
  [
    'a file without containers',
    () => imported({ services: [] }),
    'TL-IMPORT-SOURCE the task definition has no containerDefinitions',
  ],
  [
    'several containers',
    () => imported(task(two)),
    'TL-IMPORT-CHOICE the task definition has 2 containers that may take the requests: web, api',
  ],
  [
    'a container that is not there',
    () => imported(task(two), {}, 'apii'),
    'TL-IMPORT-CHOICE there is no container apii in the task definition; did you mean "api"?',
  ],
  [
    'an answer without services',
    () => imported(task(), { service: { services: [] } }),
    'TL-IMPORT-SOURCE the file of --service has no services',
  ],
  [
    'several services',
    () => imported(task(), { service: { services: [{ serviceName: 'a' }, { serviceName: 'b' }] } }),
    'TL-IMPORT-CHOICE the file of --service has 2 services that may be meant: a, b',
  ],
  [
    'targets of several services',
    () =>
      imported(document('ecs/hello.task-definition.json'), {
        targets: document('ecs/orders.scalable-targets.json'),
      }),
    'TL-IMPORT-CHOICE ScalableTargets are of several services: service/prod/orders, service/prod/billing',
  ],
  [
    'no image',
    () => imported(task({}, { image: '' })),
    'TL-IMPORT-SOURCE the container’s image is no image reference',
  ],
])('refuses %s', (_what, run, message) => {
  expect(run).toThrow(message);
});

test('a target group gives its probe and its attributes, and comes before the check inside the container', () => {
  const { description, left } = imported(document('ecs/orders.task-definition.json'), {
    service: document('ecs/orders.services.json'),
    targetGroups: document('ecs/orders.target-groups.json'),
    targetGroupAttributes: document('ecs/orders.target-group-attributes.json'),
  });
  expect(description).toMatchObject({
    container: { healthCheck: { kind: 'command' } },
    healthCheck: {
      ...{ path: '/up', intervalSeconds: 15, timeoutSeconds: 6, healthyThreshold: 3, unhealthyThreshold: 4 },
      gracePeriodSeconds: 120,
    },
    loadBalancer: {
      ...{ deregistrationDelaySeconds: 45, stickinessSeconds: 3600, slowStartSeconds: 60 },
      ...{ algorithm: 'round_robin', anomalyMitigation: false },
    },
  });
  expect(pathsOf(left)).toEqual(
    expect.arrayContaining(['TargetGroups[1]', 'TargetGroups[0].VpcId', 'Attributes[8]', 'Attributes[9]']),
  );
});

const groups = (group: object) => ({ targetGroups: { TargetGroups: [{ TargetGroupArn: 'arn', ...group }] } });

test.each([
  ['200-399', 'none'],
  ['200-499', 'none'],
  ['200', undefined],
])('the matcher %s becomes the health check %s', (HttpCode, kind) => {
  const { description } = imported(task(), groups({ HealthCheckPath: '/', Matcher: { HttpCode } }));
  expect(description.container).toMatchObject(kind === undefined ? {} : { healthCheck: { kind } });
  expect('healthCheck' in (description.container as object)).toBe(kind !== undefined);
});

test.each([
  ['false', 'lb_cookie', 0],
  ['true', 'lb_cookie', 300],
  ['true', 'app_cookie', undefined],
])('stickiness %s of type %s comes to %s', (enabled, type, seconds) => {
  const Attributes = [
    { Key: 'stickiness.enabled', Value: enabled },
    { Key: 'stickiness.type', Value: type },
    { Key: 'stickiness.lb_cookie.duration_seconds', Value: '300' },
  ];
  const { description } = imported(task(), { targetGroupAttributes: { Attributes } });
  expect((description.loadBalancer as { stickinessSeconds?: number } | undefined)?.stickinessSeconds).toBe(
    seconds,
  );
});

test('a target group that the service does not name is refused', () => {
  const service = { services: [{ serviceName: 'web', loadBalancers: [{ targetGroupArn: 'other' }] }] };
  expect(() => imported(task(), { service, ...groups({}) })).toThrow(
    /^TL-IMPORT-SOURCE the file of --target-groups has 0 target groups that may be meant by other; it must hold one\./,
  );
});
