import { expect, test } from '@jest/globals';
import { importCompose } from '../../src/import/compose/import-compose.ts';
import type { Remark } from '../../src/import/list/import-draft.ts';
import { SourceNode } from '../../src/import/source/source-node.ts';
import { document } from './sources.ts';

const imported = (file: unknown, options = {}) => importCompose(SourceNode.of(file), options);
const web = (service: object) => imported({ services: { web: { image: 'nginx:1.29', ...service } } });
const containerOf = (service: object) => web(service).description.container;
const pathsOf = (remarks: readonly Remark[]): readonly string[] => remarks.map(({ path }) => path);

test('a service is carried over with its build, process, limits and check', () => {
  const { description, left, changed } = imported(document('compose/shop.yaml'));
  expect(description).toMatchObject({
    project: 'shop',
    compute: { kind: 'fargate', cpuUnits: 1024, memoryMiB: 2048, architecture: 'X86_64' },
    container: {
      image: 'shop-web:latest',
      build: {
        context: './web',
        dockerfile: 'docker/Dockerfile',
        target: 'runtime',
        args: { NODE_VERSION: '22' },
      },
      command: ['node', '--enable-source-maps', 'dist/main.js'],
      port: 3000,
      environment: { NODE_ENV: 'production', LOG_LEVEL: 'info', GREETING: 'costs 5 $' },
      healthCheck: { kind: 'command', command: ['wget', '-qO-', 'http://127.0.0.1:3000/health'] },
      stopTimeoutSeconds: 90,
      user: '1000:1000',
      readOnlyRootFilesystem: true,
      linux: { initProcessEnabled: true, dropCapabilities: ['ALL'], openFiles: 20_000 },
    },
    local: { stopSignal: 'SIGINT', container: true },
    healthCheck: {
      path: '/health',
      intervalSeconds: 10,
      timeoutSeconds: 3,
      unhealthyThreshold: 5,
      gracePeriodSeconds: 60,
    },
    capacity: { min: 3, max: 3, desired: 3 },
  });
  expect(pathsOf(left)).toEqual(
    expect.arrayContaining([
      'services.db',
      'services.web.depends_on',
      'services.web.volumes',
      'services.web.networks',
      'services.web.env_file',
      'services.web.environment.RELEASE',
      'services.web.environment.DATABASE_URL',
      'services.web.environment.API_TOKEN',
      'services.web.environment.HOSTED_BY',
      'services.web.ports[1]',
      'services.web.ulimits.nofile.hard',
      'x-logging',
    ]),
  );
  expect(pathsOf(changed)).toEqual(
    expect.arrayContaining(['services.web.image', 'services.web.environment.LOG_LEVEL']),
  );
});

test.each([
  [{ ports: ['8080:80'] }, 80],
  [{ ports: ['127.0.0.1::3000/tcp'] }, 3000],
  [{ ports: ['53:53/udp', '8000'] }, 8000],
  [{ ports: [{ target: 9000, published: '80' }] }, 9000],
  [{ expose: ['5000', 6000] }, 5000],
  [{ ports: ['3000-3005:3000-3005'], expose: [7000] }, 7000],
  [{}, 80],
])('%j listens on %i', (service, port) => {
  expect(containerOf(service)).toMatchObject({ port });
});

test.each<[string, unknown, object]>([
  ['a map', { A: 1, B: true, C: 'x=y' }, { A: '1', B: 'true', C: 'x=y' }],
  ['a list', ['A=1', 'C=x=y', 'D='], { A: '1', C: 'x=y', D: '' }],
  ['defaults', { A: '${A:-one}', B: '${B-}', C: 'a$$b' }, { A: 'one', B: '', C: 'a$b' }],
])('environment may be %s', (_what, environment, expected) => {
  expect(containerOf({ environment })).toMatchObject({ environment: expected });
});

test.each<[object, object]>([
  [
    { test: 'curl -f localhost/up' },
    { healthCheck: { kind: 'command', command: ['/bin/sh', '-c', 'curl -f localhost/up'] } },
  ],
  [{ test: ['CMD-SHELL', 'true'] }, { healthCheck: { kind: 'command', command: ['/bin/sh', '-c', 'true'] } }],
  [{ test: ['NONE'] }, { healthCheck: { kind: 'none' } }],
  [{ disable: true }, { healthCheck: { kind: 'none' } }],
])('the health check %j becomes %j', (healthcheck, expected) => {
  expect(containerOf({ healthcheck })).toMatchObject(expected);
});

test('paths are those of the file’s folder', () => {
  const build = (context: string, folder: string) =>
    imported({ services: { web: { build: context, ports: ['80'] } } }, { folder }).description.container;
  expect(build('./app', 'deploy')).toMatchObject({ build: { context: 'deploy/app' } });
  expect(build('..', 'deploy')).toMatchObject({ build: { context: '.' } });
  expect(build('/src', 'deploy')).toMatchObject({ build: { context: '/src' } });
});

test('a command line is taken apart as a shell would', () => {
  expect(containerOf({ command: `sh -c 'echo "a b"' x\\ y "c 'd' \\"e\\""` })).toMatchObject({
    command: ['sh', '-c', 'echo "a b"', 'x y', `c 'd' "e"`],
  });
  expect(pathsOf(web({ command: `sh -c 'open` }).left)).toContain('services.web.command');
});

const both = { services: { web: { image: 'a', ports: ['80'] }, api: { image: 'b', ports: ['81'] } } };

test('of several services the named one is imported', () => {
  expect(imported(both, { service: 'api' }).description).toMatchObject({
    project: 'api',
    container: { port: 81 },
  });
});

test.each<[string, () => unknown, string]>([
  ['a file without services', () => imported({ name: 'x' }), 'TL-IMPORT-SOURCE the file has no services'],
  [
    'several services',
    () => imported(both),
    'TL-IMPORT-CHOICE the file has 2 services, and 2 of them publish ports: web, api',
  ],
  [
    'a service that is not there',
    () => imported(both, { service: 'wed' }),
    'TL-IMPORT-CHOICE there is no service wed in the file; did you mean "web"?',
  ],
  [
    'a service without an image',
    () => imported({ services: { web: {} } }),
    'TL-IMPORT-SOURCE the service has neither build nor an image',
  ],
  [
    'an image of another machine',
    () => web({ image: 'shop:${TAG}' }),
    'TL-IMPORT-SOURCE the service has neither build nor an image',
  ],
])('refuses %s', (_what, run, message) => {
  expect(run).toThrow(message);
});
