import { describe, expect, test } from '@jest/globals';
import { parseResolvedEnvironment } from '@tideline/config';
import { environment } from '../../test/synthesise.ts';
import { appContainer, collectorContainer, loadRunnerContainer } from './container-definitions.ts';

const log = { group: '/ecs/x', region: 'us-east-1' };
const collectorImage = '123456789012.dkr.ecr.us-east-1.amazonaws.com/collector:1';

describe('every container', () => {
  test.each([
    ['the backend', appContainer(environment(), { image: 'i', log })],
    ['the load runner', loadRunnerContainer(environment(), { image: 'i', log })],
    ['the collector', collectorContainer(environment(), { image: 'i', log })],
  ])('%s has no privilege, no place to write, and a log of its own', (_name, container) => {
    expect(container).toMatchObject({
      user: '1000:1000',
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ['ALL'] } },
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/x', mode: 'non-blocking' },
      },
    });
    expect(container).not.toHaveProperty('privileged');
  });
});

describe('the backend’s container', () => {
  test('gets the variables that the twin gives its tasks, in the order of their names', () => {
    const container = appContainer(
      environment({
        container: { port: 8080, basePath: '/dev', cpuMillisecondsPerRequest: 7, stopTimeoutSeconds: 20 },
        loadBalancer: { idleTimeoutSeconds: 90 },
      }),
      { image: 'registry/app@sha256:1', log },
    );
    expect(container).toMatchObject({
      stopTimeout: 20,
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
    });
    expect(container.environment).toEqual([
      { name: 'BASE_PATH', value: '/dev' },
      { name: 'CPU_MILLISECONDS_PER_REQUEST', value: '7' },
      { name: 'IDLE_TIMEOUT_SECONDS', value: '90' },
      { name: 'IMAGE', value: 'registry/app@sha256:1' },
      { name: 'PORT', value: '8080' },
      { name: 'STOP_TIMEOUT_SECONDS', value: '20' },
      { name: 'STRESS_ENABLED', value: 'false' },
      { name: 'TASK_CPU_UNITS', value: '256' },
    ]);
  });

  test('behind the bridge of an instance reserves its size, and takes a port that Docker chooses', () => {
    const tasks = environment({ compute: { kind: 'ecs-ec2' }, container: { port: 80 } });
    expect(appContainer(tasks, { image: 'i', log })).toMatchObject({
      cpu: 256,
      memory: 512,
      portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }],
    });
  });

  // ECS API reference, SystemControl: any net.* in the network mode awsvpc, on Fargate from platform version 1.4.0 on.
  test.each(['fargate', 'ecs-ec2'] as const)('may listen below 1024 as an ordinary user, on %s', (kind) => {
    const listeningOn = (port: number) =>
      appContainer(environment({ compute: { kind }, container: { port } }), { image: 'i', log });
    for (const port of [1, 80, 1023])
      expect(listeningOn(port)).toMatchObject({
        user: '1000:1000',
        systemControls: [{ namespace: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      });
    for (const port of [1024, 3000]) expect(listeningOn(port)).not.toHaveProperty('systemControls');
  });

  test('is checked as the balancer checks it, within what ECS takes', () => {
    const { healthCheck } = appContainer(
      environment({
        container: { basePath: '/dev' },
        healthCheck: {
          path: '/ready',
          intervalSeconds: 120,
          timeoutSeconds: 90,
          unhealthyThreshold: 4,
          gracePeriodSeconds: 900,
        },
      }),
      { image: 'i', log },
    );
    expect(healthCheck).toMatchObject({ interval: 120, timeout: 60, retries: 4, startPeriod: 300 });
    expect(JSON.stringify(healthCheck)).toContain('http://127.0.0.1:3000/dev/ready');
  });

  test('gets its stress token as a secret, never as a value', () => {
    const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:stress-AbCdEf';
    const container = appContainer(
      environment({ container: { stressRoutes: true, stressTokenSecretArn: arn } }),
      { image: 'i', log },
    );
    expect(container.secrets).toEqual([{ name: 'STRESS_TOKEN', valueFrom: arn }]);
    expect(appContainer(environment(), { image: 'i', log })).not.toHaveProperty('secrets');
  });

  test('protects itself from scale-in by ECS’s agent, for as long as the description says, or not at all', () => {
    const variable = (of: ReturnType<typeof environment>) =>
      (appContainer(of, { image: 'i', log }).environment as readonly { readonly name: string }[]).find(
        ({ name }) => name === 'SCALE_IN_PROTECTION_MINUTES',
      );
    const scaleInProtection = { enabled: true, expiresInMinutes: 45 };
    expect(variable(environment({ container: { scaleInProtection } }))).toMatchObject({ value: '45' });
    expect(variable(environment())).toBeUndefined();
  });

  test('shares its task with a collector once there is one, which takes its share of the size', () => {
    const tracing = { enabled: true, collectorImage, sampledPercent: 10, propagation: 'xray' } as const;
    const traced = environment({ observability: { tracing } });
    const app = appContainer(traced, { image: 'i', log });
    expect(app).toMatchObject({ cpu: 224, memory: 384 });
    expect(app).not.toHaveProperty('links');
    expect(Object.fromEntries(variablesOf(app))).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_SERVICE_NAME: 'tideline-dev-api',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
      OTEL_PROPAGATORS: 'tracecontext,xray',
      TRACE_PROPAGATION: 'xray',
      OTEL_RESOURCE_ATTRIBUTES:
        'deployment.environment.name=dev,cloud.provider=aws,cloud.platform=aws_ecs,cloud.region=us-east-1',
      TASK_CPU_UNITS: '224',
    });
    const collector = collectorContainer(traced, { image: collectorImage, log });
    expect(collector).toMatchObject({ essential: false, cpu: 32, memory: 128 });
    expect(configurationOf(collector)).toMatchObject({
      receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:4318' } } } },
      processors: { memory_limiter: { limit_mib: 102 } },
      exporters: { awsxray: { region: 'us-east-1' } },
      service: {
        pipelines: { traces: { processors: ['memory_limiter', 'batch'], exporters: ['awsxray'] } },
      },
    });
    const plain = appContainer(environment(), { image: 'i', log });
    expect(plain).not.toHaveProperty('cpu');
    expect([...variablesOf(plain).keys()].filter((name) => /OTEL|TRACE/.test(name))).toEqual([]);
  });

  test('is linked to its collector behind the bridge of an instance, in the size that ECS places it by', () => {
    const compute = { kind: 'ecs-ec2', cpuUnits: 512, memoryMiB: 512 } as const;
    const traced = environment({ compute, observability: { tracing: { enabled: true } } });
    const app = appContainer(traced, { image: 'i', log });
    expect(app).toMatchObject({ links: ['collector'], cpu: 480, memory: 384 });
    expect(variablesOf(app).get('OTEL_EXPORTER_OTLP_ENDPOINT')).toBe('http://collector:4318');
    const collector = collectorContainer(traced, { image: collectorImage, log });
    expect(configurationOf(collector)).toMatchObject({
      receivers: { otlp: { protocols: { http: { endpoint: '0.0.0.0:4318' } } } },
    });
    expect(collector).not.toHaveProperty('portMappings');
  });
});

test('the load runner drives the profile of the description, and writes to its volume alone', () => {
  expect(loadRunnerContainer(environment({ load: { profile: 'spike' } }), { image: 'i', log })).toMatchObject(
    {
      command: expect.arrayContaining(['--profile', 'spike', '--allow-remote', '--out', '/reports']),
      mountPoints: [{ sourceVolume: 'reports', containerPath: '/reports', readOnly: false }],
    },
  );
});

test('the load runner observes by the description as it was resolved', () => {
  const observing = environment();
  const container = loadRunnerContainer(observing, { image: 'i', log });
  expect(container.command).toEqual(
    expect.arrayContaining(['--observe', 'aws', '--environment', 'env:OBSERVED_ENVIRONMENT']),
  );
  const [variable] = container.environment as readonly { readonly name: string; readonly value: string }[];
  expect(variable?.name).toBe('OBSERVED_ENVIRONMENT');
  expect(parseResolvedEnvironment(JSON.parse(variable?.value ?? ''))).toEqual(observing);
  // A task definition holds 64 KiB in all.
  expect(variable?.value.length).toBeLessThan(8192);
});

const variablesOf = (container: ReturnType<typeof appContainer>): ReadonlyMap<string, string> =>
  new Map(
    (container.environment as readonly { readonly name: string; readonly value: string }[]).map(
      ({ name, value }) => [name, value],
    ),
  );

const configurationOf = (collector: ReturnType<typeof collectorContainer>): unknown =>
  JSON.parse(variablesOf(collector).get('AOT_CONFIG_CONTENT') ?? '');
