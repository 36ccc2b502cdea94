import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PodmanWorkshop, missingForContainers } from '@tideline/process/testing/podman';
import { answerOf, plainVariables, started, tideline, workspaceProgram, writeFiles } from './run-tideline.ts';

const how =
  missingForContainers.length === 0
    ? 'run with podman'
    : `not run here: no ${missingForContainers.join(', ')}`;

/** A service as a user may have it: it listens where it always did, and says what it was given. */
const server = (port: string, healthPath: string): string => `
import { createServer } from 'node:http';
createServer(({ url }, response) => {
  response.statusCode = url === '${healthPath}' || url === '/' ? 200 : 404;
  response.end(JSON.stringify(process.env));
}).listen(${port}, '0.0.0.0');
`;

const dockerfile = `FROM localhost/node-of-this-machine:1
COPY server.mjs /srv/
CMD ["node", "/srv/server.mjs"]
`;

const compose = `
name: shop
services:
  web:
    build:
      context: ./web
      args: [COLOUR=green]
    ports: ['8080:3000']
    environment:
      NODE_ENV: production
      LOG_LEVEL: \${LOG_LEVEL:-info}
    healthcheck:
      test: ['CMD', 'wget', '-qO-', 'http://127.0.0.1:3000/health']
      interval: 10s
    deploy:
      replicas: 2
      resources:
        limits: { cpus: '0.5', memory: 512M }
    depends_on: [db]
  db:
    image: postgres:17
`;

const manifest = `
name: storefront
type: Load Balanced Web Service
http:
  path: '/'
  healthcheck: { path: /_healthcheck, interval: 15s, timeout: 5s }
image:
  build: ./web/Dockerfile
  port: 8000
cpu: 256
memory: 512
count:
  range: 1-4
  cpu_percentage: 70
variables:
  LOG_LEVEL: debug
environments:
  test:
    count: 1
`;

const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/key-a1B2c3';
const taskDefinition = JSON.stringify({
  taskDefinition: {
    family: 'orders',
    cpu: '256',
    memory: '512',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    containerDefinitions: [
      {
        name: 'orders',
        image: 'localhost/orders:1.4.2',
        essential: true,
        portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        environment: [{ name: 'LOG_LEVEL', value: 'warn' }],
        secrets: [{ name: 'API_KEY', valueFrom: secret }],
      },
    ],
  },
});
const service = JSON.stringify({
  services: [
    {
      serviceName: 'orders',
      clusterArn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/prod',
      desiredCount: 1,
      launchType: 'FARGATE',
      loadBalancers: [{ containerName: 'orders', containerPort: 8080 }],
    },
  ],
});

const cases = [
  {
    source: 'a Compose file',
    files: {
      'compose.yaml': compose,
      'web/server.mjs': server('3000', '/health'),
      'web/Dockerfile': dockerfile,
    },
    line: ['compose', 'compose.yaml'],
    given: { NODE_ENV: 'production', LOG_LEVEL: 'info' },
    left: /^ {2}services\.db$/m,
  },
  {
    source: 'a Copilot manifest',
    files: {
      'copilot/storefront/manifest.yml': manifest,
      'web/server.mjs': server('process.env.PORT', '/_healthcheck'),
      'web/Dockerfile': dockerfile,
    },
    line: ['copilot', 'copilot/storefront/manifest.yml', '--env', 'test'],
    given: { LOG_LEVEL: 'debug', PORT: '8000' },
    left: /^Chosen here, /m,
  },
  {
    source: 'an ECS task definition and its service',
    files: { 'task-definition.json': taskDefinition, 'service.json': service },
    line: ['ecs', 'task-definition.json', '--service', 'service.json'],
    given: { LOG_LEVEL: 'warn', API_KEY: 'kept in a secret' },
    left: /^Chosen here, /m,
  },
];

(missingForContainers.length === 0 ? describe : describe.skip)(`imported services, ${how}`, () => {
  let workshop: PodmanWorkshop;
  let root: string;

  beforeAll(async () => {
    workshop = new PodmanWorkshop();
    root = await mkdtemp(join(tmpdir(), 'tideline-imported-'));
    const orders = join(root, 'orders-image');
    await writeFiles(orders, { 'server.mjs': server('8080', '/health'), Dockerfile: dockerfile });
    workshop.run('build', '--quiet', '--tag', 'localhost/orders:1.4.2', orders);
  });
  afterAll(async () => {
    workshop.close();
    await rm(root, { recursive: true, force: true });
  });

  test.each(cases)('$source is imported, and its service answers as containers of the twin', async (one) => {
    const cwd = await mkdtemp(join(root, 'repository-'));
    await writeFiles(cwd, one.files);
    const imported = await tideline(['import', ...one.line], { cwd });
    expect(imported).toMatchObject({ exitCode: 0, stderr: '' });
    expect(imported.stdout).toMatch(one.left);
    // The engine’s own init is a package of its own (catatonit).
    const set = ['--set', 'container.linux.initProcessEnabled=false'];
    const child = spawn(process.execPath, [workspaceProgram, 'up', '--json', '--speed', '60', ...set], {
      cwd,
      env: plainVariables({ TIDELINE_ENGINE: workshop.file, API_KEY: 'kept in a secret' }),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    try {
      const { url } = await started(child);
      expect(JSON.parse(await answerOf(url))).toMatchObject(one.given);
      child.kill('SIGINT');
      expect(await ended).toEqual([0, null]);
      expect(workshop.run('ps', '--all', '--quiet')).toBe('');
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });
});
