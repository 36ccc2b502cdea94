import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

interface Instruction {
  readonly keyword: string;
  readonly text: string;
}
interface Stage {
  readonly base: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

const project = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(project, name), 'utf8');

/** Instructions without comments, continuation lines joined. */
const instructions: readonly Instruction[] = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => ({ keyword: line.split(' ', 1)[0] ?? '', text: line.slice(line.indexOf(' ') + 1).trim() }));

const stages: readonly Stage[] = instructions.reduce<Stage[]>((found, { keyword, text }) => {
  const [base = '', , name = ''] = text.split(' ');
  if (keyword === 'FROM') return [...found, { base, name, instructions: [] }];
  const stage = found.at(-1);
  if (stage === undefined) return found;
  return [...found.slice(0, -1), { ...stage, instructions: [...stage.instructions, { keyword, text }] }];
}, []);
const stage = (name: string): Stage => stages.find((one) => one.name === name)!;
const texts = (name: string, keyword: string): string[] =>
  stage(name)
    .instructions.filter((instruction) => instruction.keyword === keyword)
    .map(({ text }) => text);

/** Folders of the workspace packages that a package needs, its own included. */
function packagesOf(folder: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(folder)) return found;
  found.add(folder);
  const manifest = JSON.parse(readFileSync(join(project, '../..', folder, 'package.json'), 'utf8')) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(manifest.dependencies ?? {}))
    if (name.startsWith('@tideline/')) packagesOf(`libs/${name.slice('@tideline/'.length)}`, found);
  return found;
}

describe('Dockerfile', () => {
  test('takes its base image from one argument, which is a long-term support line of Node', () => {
    expect(instructions[0]).toEqual({ keyword: 'ARG', text: 'BASE_IMAGE=node:26-trixie-slim' });
    expect(stages.map(({ base }) => base)).toEqual(['${BASE_IMAGE}', 'scratch', 'scratch', '${BASE_IMAGE}']);
  });

  test('ends with a stage that runs nothing at build time and fetches nothing', () => {
    expect(stages.at(-1)?.name).toBe('runtime');
    expect(texts('runtime', 'RUN')).toEqual([]);
    expect(texts('runtime', 'ADD')).toEqual([]);
    expect(texts('runtime', 'COPY')).toEqual([
      '--from=bundle --chown=0:0 --chmod=0444 /main.mjs ./',
      '--from=folders --chown=1000:1000 /reports /reports',
    ]);
  });

  test('has a bundle stage that a build context of that name can replace', () => {
    expect(stage('bundle')).toEqual({
      base: 'scratch',
      name: 'bundle',
      instructions: [{ keyword: 'COPY', text: '--from=build /workspace/dist/apps/load-runner/main.mjs /' }],
    });
  });

  test('runs as a user that is not root and owns nothing but the volume of the reports', () => {
    expect(texts('runtime', 'USER')).toEqual(['1000:1000']);
    expect(texts('runtime', 'VOLUME')).toEqual(['["/reports"]']);
    expect(stage('folders').instructions).toEqual([{ keyword: 'WORKDIR', text: '/reports' }]);
  });

  test('makes the volume after its folder has its owner, which a later change would not reach', () => {
    const order = stage('runtime').instructions.map(({ keyword }) => keyword);
    expect(order.indexOf('VOLUME')).toBeGreaterThan(order.lastIndexOf('COPY'));
  });

  test('starts node directly, so that signals reach it, with the container’s arguments', () => {
    expect(texts('runtime', 'ENTRYPOINT')).toEqual(['["node", "main.mjs"]']);
    expect(texts('runtime', 'CMD')).toEqual(['["--help"]']);
    expect(texts('runtime', 'STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  test('copies into the build only what the ignore file lets through', () => {
    const allowed = read('Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = texts('build', 'COPY').flatMap((text) => text.split(' ').slice(0, -1));
    expect([...allowed].sort()).toEqual([...copied].sort());
  });

  test('copies every workspace package that the bundle needs, and no other', () => {
    const copied = texts('build', 'COPY').flatMap((text) => text.split(' ').slice(0, -1));
    const folders = [...packagesOf('apps/load-runner')];
    expect(copied.filter((path) => /^(apps|libs)\//.test(path)).sort()).toEqual(
      folders.flatMap((folder) => [`${folder}/package.json`, `${folder}/src`]).sort(),
    );
  });
});
