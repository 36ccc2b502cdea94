import { describe, expect, test } from '@jest/globals';
import { readCompose } from './compose.ts';
import { detectService, firstFact } from './detect-service.ts';
import { readDockerfile } from './dockerfile.ts';

describe('a Dockerfile', () => {
  test.each([
    ['FROM node:22\nEXPOSE 8080\n', undefined, 8080],
    ['FROM node:22\nexpose 8080/tcp 9090\n', undefined, 8080],
    ['ARG PORT=5000\nFROM x\nARG PORT\nEXPOSE $PORT\n', undefined, 5000],
    ['FROM x\nENV PORT="5001" OTHER=2\nEXPOSE ${PORT}\n', undefined, 5001],
    ['FROM x\nENV PORT 5002\nEXPOSE \\\n  ${PORT:-1}\n', undefined, 5002],
    ['FROM x AS base\nEXPOSE 80\nFROM base\nCMD x\n', undefined, 80],
    ['FROM x AS web\nEXPOSE 80\nFROM y AS worker\nEXPOSE 81\n', 'web', 80],
    ['FROM x\n# EXPOSE 80\n', undefined, undefined],
    ['FROM x\nEXPOSE $UNKNOWN\n', undefined, undefined],
    ['FROM x\nEXPOSE 99999\n', undefined, undefined],
    ['', undefined, undefined],
  ])('%j, stage %s, exposes %s', (text, target, port) => {
    expect(readDockerfile(text, target).port).toBe(port);
  });

  test('has stages by name', () => {
    const text = 'FROM --platform=linux/amd64 node:22 AS build\nFROM scratch\nFROM build as runtime\n';
    expect(readDockerfile(text).stages).toEqual(['build', 'runtime']);
  });
});

describe('a compose file', () => {
  test.each([
    ['"8080:80"', 80],
    ['"127.0.0.1:8080:81/tcp"', 81],
    ['82', 82],
    ['{ target: 83, published: 8080 }', 83],
    ['"${PORT}:84"', 84],
  ])('with the port %s listens on %i', (written, port) => {
    const text = `services:\n  db: { image: postgres }\n  web:\n    build: ./web\n    ports: [${written}]\n`;
    expect(readCompose(text)).toEqual({
      ...{ name: 'web', port, build: { context: './web', dockerfile: 'Dockerfile' } },
    });
  });

  test('without a build runs the image of the service that has a port', () => {
    const text = 'services:\n  db: { image: postgres }\n  web: { image: "nginx:1.29", ports: ["80"] }\n';
    expect(readCompose(text)).toEqual({ name: 'web', port: 80, image: 'nginx:1.29' });
  });

  test.each(['', '[', 'services: 3', 'services: { web: }', 'x: *none'])(
    'that says nothing, %j, is no mistake',
    (text) => {
      expect(readCompose(text)).toEqual({});
    },
  );
});

describe('the files of a folder', () => {
  const folder = (files: Readonly<Record<string, string>>) => (name: string) => files[name] ?? null;
  const all = {
    'package.json': '{ "name": "@acme/shop", "scripts": { "start": "node ." } }',
    Procfile: 'release: ./migrate\nweb: ./serve --port $PORT\n',
    Dockerfile: 'FROM x\nEXPOSE 8080\n',
    'compose.yaml': 'services: { web: { build: ., ports: ["1:9090"] } }',
  };

  test('say the command, Procfile first, and the port, Dockerfile first', () => {
    const sources = detectService(folder(all), {});
    expect(firstFact(sources, 'command')).toEqual({ value: './serve --port $PORT', file: 'Procfile' });
    expect(firstFact(sources, 'port')).toEqual({ value: 8080, file: 'Dockerfile' });
    expect(firstFact(sources, 'name')).toEqual({ value: '@acme/shop', file: 'package.json' });
    expect(firstFact(sources, 'health')).toBeNull();
  });

  test('come after the options', () => {
    const given = { command: './mine', port: 1234, health: '/ok' };
    const sources = detectService(folder(all), given);
    for (const key of ['command', 'port', 'health'] as const)
      expect(firstFact(sources, key)).toEqual({ value: given[key], file: 'the options' });
  });

  test.each(['not JSON', '[]', 'null', '{ "scripts": null }'])(
    'say nothing where package.json is %s',
    (text) => {
      expect(firstFact(detectService(folder({ 'package.json': text }), {}), 'command')).toBeNull();
    },
  );
});
