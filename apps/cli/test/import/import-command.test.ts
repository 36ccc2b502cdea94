import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadEnvironment } from '@tideline/config';
import { createCommand } from '@tideline/process';
import { runInMemory } from '@tideline/process/testing';
import { importProgram } from '../../src/import/import-program.ts';
import { importCodes } from '../../src/import/import-error.ts';
import { fixture } from './sources.ts';

const manifest = fixture('copilot/storefront.yml');
const run = (...args: readonly string[]) => runInMemory(importProgram, args);

test('--version prints its version, and --help each command, argument and option', async () => {
  expect(await run('--version')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^import \d+\.\d+\.\d+\n$/),
  });
  const root = await run('--help');
  expect([root.exitCode, root.stdout]).toEqual([
    0,
    expect.stringMatching(/^ {2}copilot .*\n(.*\n)* {2}ecs .*\n(.*\n)* {2}compose /m),
  ]);
  for (const one of createCommand(importProgram).commands) {
    const { exitCode, stdout } = await run(one.name(), '--help');
    expect(exitCode).toBe(0);
    for (const { long } of one.options) expect(stdout).toContain(long);
    expect(stdout).toMatch(/^ {2}(manifest\.yml|task-definition\.json|compose\.yaml) +\S/m);
  }
});

let folder: string;
const inFolder = (name: string): string => join(folder, name);
const write = (name: string, content: string): string => {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tideline-import-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const commandLines: readonly (readonly string[])[] = [
  ['copilot', manifest, '--env', 'prod', '--region', 'eu-west-1', '--account', '123456789012'],
  ['copilot', fixture('copilot/frontend.yml')],
  ['copilot', fixture('copilot/worker-api.yml')],
  ['compose', fixture('compose/shop.yaml'), '--service', 'web'],
  ['compose', fixture('compose/whoami.yaml')],
  ['compose', fixture('compose/api.yaml')],
  [
    ...['ecs', fixture('ecs/orders.task-definition.json'), '--service', fixture('ecs/orders.services.json')],
    ...['--targets', fixture('ecs/orders.scalable-targets.json')],
    ...['--policies', fixture('ecs/orders.scaling-policies.json')],
  ],
  [
    ...['ecs', fixture('ecs/billing.task-definition.json'), '--container', 'billing'],
    ...['--targets', fixture('ecs/billing.scalable-targets.json')],
    ...['--policies', fixture('ecs/billing.scaling-policies.json')],
    ...['--alarms', fixture('ecs/billing.alarms.json')],
    ...['--scheduled-actions', fixture('ecs/billing.scheduled-actions.json')],
  ],
  ['ecs', fixture('ecs/hello.task-definition.json')],
];

test.each(
  commandLines.map((line) => ({
    title: line
      .slice(0, 2)
      .join(' ')
      .replace(import.meta.dirname, ''),
    line,
  })),
)('$title writes a description that resolves, alike as YAML and as JSON', async ({ line }) => {
  const environments = [];
  for (const format of ['yaml', 'json']) {
    const file = inFolder(`description.${format}`);
    const { exitCode, stdout, stderr } = await run(...line, '--out', file);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`Wrote ${file}: `);
    expect(stdout).not.toContain('hunter2');
    environments.push(await loadEnvironment({ file }));
  }
  expect(environments[1]).toEqual(environments[0]);
  expect(readFileSync(inFolder('description.yaml'), 'utf8')).not.toContain('hunter2');
});

test('as TypeScript it is the same object, as the default export', async () => {
  const [ts, json] = [inFolder('description.ts'), inFolder('description.json')];
  const line = ['copilot', manifest, '--env', 'prod'];
  expect((await run(...line, '--out', ts)).exitCode).toBe(0);
  expect((await run(...line, '--out', json)).exitCode).toBe(0);
  const text = readFileSync(ts, 'utf8');
  expect(text).toMatch(
    /^\/\/ Made by tideline import from .*\nexport default \{\n {2}preset: "load-driven",\n/,
  );
  const module = write('description.mjs', text);
  expect(await loadEnvironment({ file: module })).toEqual(await loadEnvironment({ file: json }));
});

test('the list says where each field went, was left, changed or was chosen', async () => {
  const { stdout } = await run('copilot', manifest, '--out', inFolder('a.yaml'));
  expect(stdout).toMatch(/^Wrote .*a\.yaml: \d+ values of the source carried over\.$/m);
  expect(stdout).toMatch(/^Not carried over \(\d+\):$/m);
  expect(stdout).toMatch(/^ {2}sidecars\.nginx\n {6}a task has one container here/m);
  expect(stdout).toMatch(/^Chosen here, since the source does not say \(\d+\):$/m);
  const { stdout: json } = await run('copilot', manifest, '--out', inFolder('b.yaml'), '--json');
  const list = JSON.parse(json) as Record<string, unknown>;
  expect(Object.keys(list)).toEqual(['file', 'carried', 'left', 'changed', 'chosen']);
  expect(list.carried).toContainEqual({
    from: 'http.healthcheck.interval',
    to: 'healthCheck.intervalSeconds',
  });
  expect(list.left).toContainEqual({ path: 'exec', reason: expect.stringContaining('ECS Exec') });
});

test('a key with control characters reaches no terminal as it is', async () => {
  const file = write('compose.yaml', JSON.stringify({ services: { web: { image: 'a', '\u001b[2J': 1 } } }));
  const { stdout } = await run('compose', file, '--out', inFolder('a.yaml'));
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('services.web["\\u001b[2J"]');
});

describe('nothing is replaced', () => {
  test('a file that exists is refused, and stays as it is', async () => {
    const file = write('mine.yaml', 'mine');
    const { exitCode, stderr } = await run('copilot', manifest, '--out', file);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/TL-IMPORT-OUTPUT .*mine\.yaml exists; an import replaces nothing\./);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('a refused import leaves no file behind', async () => {
    const file = write(
      'manifest.yml',
      readFileSync(manifest, 'utf8').replace('memory: 1024', 'memory: 16000'),
    );
    const { exitCode, stderr } = await run('copilot', file, '--out', inFolder('a.yaml'));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /TL-IMPORT-RESOLVE .*\n {2}TL-CONFIG-FARGATE-SIZE compute: .*In the source: cpu, memory/,
    );
    expect(readdirSync(folder)).toEqual(['manifest.yml']);
  });
});

const bomb = `a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h']
  .map(
    (name, index) =>
      `${name}: &${name} [${Array(9)
        .fill(`*${String.fromCharCode(97 + index)}`)
        .join(', ')}]`,
  )
  .join('\n')}\n`;

test.each<[string, () => readonly string[], RegExp]>([
  ['no command', () => [], /Usage: import/],
  ['an unknown command', () => ['copilott', manifest], /unknown command 'copilott'; did you mean "copilot"/],
  [
    'an unknown option',
    () => ['copilot', manifest, '--ennv', 'x'],
    /unknown option '--ennv' \(Did you mean --env\?\)/,
  ],
  [
    'a second file',
    () => ['copilot', manifest, 'surplus', '--json'],
    /too many arguments: got surplus after .*allowed: one file/,
  ],
  ['no file', () => ['copilot'], /missing required argument 'manifest\.yml'/],
  [
    'a file that is not there',
    () => ['copilot', inFolder('nowhere.yml')],
    /TL-IMPORT-FILE .*nowhere\.yml cannot be read: .*ENOENT.*Check the path/,
  ],
  ['a folder', () => ['copilot', folder], /TL-IMPORT-FILE .*cannot be read: .*EISDIR/],
  [
    'neither YAML nor JSON',
    () => ['compose', write('a.yaml', 'a: [1')],
    /TL-IMPORT-FILE .*is neither YAML nor JSON/,
  ],
  ['a list', () => ['compose', write('a.yaml', '- 1')], /TL-IMPORT-FILE .*holds a list; it must hold a map/],
  ['an empty file', () => ['compose', write('a.yaml', '')], /TL-IMPORT-FILE .*holds no fields/],
  [
    'several documents',
    () => ['compose', write('a.yaml', 'a: 1\n---\nb: 1\n')],
    /TL-IMPORT-FILE .*neither YAML nor JSON/,
  ],
  [
    'a file of more than 1 MiB',
    () => ['compose', write('a.yaml', `a: ${'x'.repeat(1024 * 1024)}`)],
    /TL-IMPORT-FILE .*more than 1048576 bytes/,
  ],
  [
    'aliases that multiply',
    () => ['compose', write('a.yaml', bomb)],
    /TL-IMPORT-FILE .*(Excessive alias count|holds too much)/,
  ],
  [
    'a value inside itself',
    () => ['compose', write('a.yaml', 'a: &a\n  b: *a\n')],
    /TL-IMPORT-FILE .*(holds too much|alias)/i,
  ],
  [
    'too many values',
    () => ['compose', write('a.yaml', `a: [${'1,'.repeat(20_001)}]`)],
    /TL-IMPORT-FILE .*holds too much; allowed: 20000 values/,
  ],
  [
    'deep nesting',
    () => ['compose', write('a.yaml', `a: ${'['.repeat(400)}${']'.repeat(400)}`)],
    /TL-IMPORT-FILE/,
  ],
  [
    'another type of service',
    () => ['copilot', write('a.yml', 'type: Backend Service')],
    /TL-IMPORT-SOURCE type is "Backend Service"/,
  ],
  [
    'an unknown environment',
    () => ['copilot', manifest, '--env', 'prd', '--out', inFolder('x.yaml')],
    /TL-IMPORT-CHOICE .*did you mean "prod"/,
  ],
  ['a malformed account', () => ['copilot', manifest, '--account', '12'], /'12' is invalid.*12 digits/],
  [
    'a malformed Region',
    () => ['copilot', manifest, '--region', 'Frankfurt'],
    /'Frankfurt' is invalid.*eu-west-1/,
  ],
  [
    'an unknown format',
    () => ['copilot', manifest, '--format', 'yml'],
    /'yml' is invalid.*[Dd]id you mean "yaml"/,
  ],
  [
    'a format against its extension',
    () => ['copilot', manifest, '--format', 'json', '--out', 'a.yaml'],
    /TL-IMPORT-OUTPUT --out a\.yaml has the extension "\.yaml" with --format json/,
  ],
  [
    'an extension of no format',
    () => ['copilot', manifest, '--out', 'a.txt'],
    /TL-IMPORT-OUTPUT .*"\.txt"; allowed: \.yaml/,
  ],
  [
    'a folder that is not there',
    () => ['copilot', manifest, '--out', 'nowhere/a.yaml'],
    /TL-IMPORT-OUTPUT .*folder that does not exist/,
  ],
])('refuses %s with exit code 2', async (_what, args, message) => {
  const line = args();
  const isAsked = line.length === 2 && line[0] !== 'copilot';
  const { exitCode, stdout, stderr } = await run(
    ...line,
    ...(isAsked ? ['--out', inFolder('out.yaml')] : []),
  );
  expect(exitCode).toBe(2);
  expect(stdout + stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(inFolder('out.yaml'))).toBe(false);
});

test('takes these commands and options', () => {
  const root = createCommand(importProgram);
  const common = ['--format', '--out', '--json'];
  expect(
    Object.fromEntries(root.commands.map((one) => [one.name(), one.options.map(({ long }) => long)])),
  ).toEqual({
    copilot: [...common, '--env', '--region', '--account'],
    ecs: [
      ...common,
      '--service',
      '--target-groups',
      '--target-group-attributes',
      '--targets',
      '--policies',
      '--alarms',
      '--scheduled-actions',
      '--container',
    ],
    compose: [...common, '--service'],
  });
});

test('the how-to names every option and every code with its meaning', () => {
  const text = readFileSync(
    new URL('../../../../docs/how-to/import-a-description.md', import.meta.url),
    'utf8',
  );
  const plain = text.replace(/\s+/g, ' ');
  for (const [code, meaning] of Object.entries(importCodes)) {
    expect(plain).toContain(`\`${code}\``);
    expect(plain).toContain(meaning);
  }
  for (const { options } of createCommand(importProgram).commands)
    for (const { long } of options) expect(plain).toContain(long);
});
