import { describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describeService, shortName } from './describe-service.ts';
import { detectService } from './detect/detect-service.ts';
import { renderDescription } from './render-description.ts';

const entriesOf = (files: Readonly<Record<string, string>>, given = {}) =>
  describeService({
    sources: detectService((name) => files[name] ?? null, given),
    ...{ preset: 'fargate-alb', folderName: 'My Shop' },
  });

test.each([
  [{ Dockerfile: 'FROM x\nEXPOSE 8080\n' }, { kind: 'none' }, null],
  [{ Procfile: 'web: ./serve' }, { kind: 'none' }, './serve'],
  [{ 'package.json': '{"scripts":{"start":"x"}}' }, { kind: 'none' }, 'npm start'],
])('%j is described alike in YAML and JSON, and resolves', (files, healthCheck, command) => {
  const entries = entriesOf(files);
  const { $schema, ...json } = JSON.parse(renderDescription(entries, 'json', './s.json')) as Record<
    string,
    object
  >;
  expect($schema).toBe('./s.json');
  expect(parse(renderDescription(entries, 'yaml', './s.json'))).toEqual(json);
  const environment = resolveEnvironment({ ...presetInput('fargate-alb'), ...json });
  expect(environment.container.healthCheck).toEqual(healthCheck);
  expect(environment.local.command).toBe(command);
  expect(environment.local.container).toBe(command === null);
  expect(environment.project).toBe('my-shop');
});

test('a health path is asked for 200', () => {
  const json = JSON.parse(
    renderDescription(entriesOf({}, { command: 'x', health: '/ok' }), 'json', 's'),
  ) as object;
  expect(json).toMatchObject({ healthCheck: { path: '/ok' } });
  expect(JSON.stringify(json)).not.toContain('"kind":"none"');
});

describe('what a command holds', () => {
  test('arrives as it was, whatever quotes and line ends are in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (command) => {
        const entries = entriesOf({}, { command });
        const typescript = renderDescription(entries, 'ts', 's');
        const literal = /\{ command: (.*) \},$/m.exec(typescript)?.[1] ?? '';
        // A literal in single quotes, as JSON has it: its own double quotes are not escaped.
        const body = literal.startsWith("'")
          ? `"${literal.slice(1, -1).replaceAll(/(?<!\\)"/g, '\\"')}"`
          : literal;
        expect(JSON.parse(body)).toBe(command);
        expect(parse(renderDescription(entries, 'yaml', 's'))).toMatchObject({ local: { command } });
      }),
    );
  });

  test('has its reason as a comment in TypeScript and YAML', () => {
    const entries = entriesOf({ Procfile: 'web: ./serve' });
    expect(renderDescription(entries, 'ts', 's')).toMatch(/^ {2}\/\/ .*From Procfile\.\n {2}local: /m);
    expect(renderDescription(entries, 'yaml', 's')).toMatch(/^# .*From Procfile\.\nlocal:/m);
  });
});

test('any name becomes one that a description takes', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(shortName(text)).toMatch(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/);
    }),
  );
  expect(shortName('@acme/Web_Shop.api')).toBe('web-shop-api');
});
