import { expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import type { EnvironmentInput } from '../environment.ts';
import { interfaceEndpoints } from '../network-plan.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { confinement, isShippedBackend, runtimeKindOf, secretArns } from './container-facts.ts';
import { healthCheckFacts } from './health-check-kinds.ts';

const resolved = (over: Partial<EnvironmentInput> = {}) => resolveEnvironment(description(over));

test.each<[Partial<EnvironmentInput>, string | null]>([
  [{}, 'backend'],
  [{ local: { command: 'npm start' } }, 'command'],
  [{ container: { image: 'shop:1' }, local: { command: ['npm', 'start'] } }, 'command'],
  [{ container: { image: 'shop:1' }, local: { container: true } }, 'container'],
  [{ container: { build: {} }, local: { container: true } }, 'container'],
  [{ container: { image: 'shop:1' } }, null],
  [{ container: { build: {} } }, null],
])('%j runs on one machine by %s', (over, kind) => {
  const environment = resolved(over);
  expect(runtimeKindOf(environment)).toBe(kind);
  expect(isShippedBackend(environment)).toBe(kind === 'backend');
});

test('the shipped backend is confined, and another image as it expects, unless the description says so', () => {
  expect(confinement(resolved())).toEqual({
    user: '1000:1000',
    readOnlyRootFilesystem: true,
    dropCapabilities: ['ALL'],
  });
  expect(confinement(resolved({ container: { image: 'nginx:1.29' } }))).toEqual({
    user: null,
    readOnlyRootFilesystem: false,
    dropCapabilities: [],
  });
  const strict = { user: 'app', readOnlyRootFilesystem: true, linux: { dropCapabilities: ['NET_RAW'] } };
  expect(confinement(resolved({ container: { image: 'nginx:1.29', ...strict } }))).toEqual({
    user: 'app',
    readOnlyRootFilesystem: true,
    dropCapabilities: ['NET_RAW'],
  });
});

test.each([
  ['http', [200], [199, 201, 302, 404, 500]],
  ['none', [200, 302, 404, 499], [199, 500, 503]],
] as const)('a probe of kind %s succeeds with %j and fails with %j', (kind, good, bad) => {
  const { succeeds } = healthCheckFacts(resolved({ container: { healthCheck: { kind } } }));
  expect([good.every(succeeds), bad.some(succeeds)]).toEqual([true, false]);
});

test('secrets are kept apart by their service, and their endpoints are there', () => {
  const key = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-a1B2c3';
  const parameter = 'arn:aws:ssm:us-east-1:123456789012:parameter/shop/key';
  const environment = resolved({
    container: { image: 'shop:1', secrets: { KEY: key, AGAIN: key, OTHER: parameter } },
  });
  expect(secretArns(environment, 'secretsmanager')).toEqual([key]);
  expect(secretArns(environment, 'ssm')).toEqual([parameter]);
  expect(interfaceEndpoints(environment)).toEqual(expect.arrayContaining(['secretsmanager', 'ssm']));
});
