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

const read = (name: string): string => readFileSync(join(import.meta.dirname, '..', name), 'utf8');

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
const runtime = stages.at(-1)!;
const texts = (keyword: string): string[] =>
  runtime.instructions.filter((instruction) => instruction.keyword === keyword).map(({ text }) => text);

describe('Dockerfile', () => {
  test('takes its base image from one argument, which is a long-term support line of Node', () => {
    expect(instructions[0]).toEqual({ keyword: 'ARG', text: 'BASE_IMAGE=node:26-trixie-slim' });
    expect(stages.map(({ base }) => base)).toEqual(['${BASE_IMAGE}', 'scratch', '${BASE_IMAGE}']);
  });

  test('ends with a stage that runs nothing at build time and fetches nothing', () => {
    expect(runtime.name).toBe('runtime');
    expect(texts('RUN')).toEqual([]);
    expect(texts('ADD')).toEqual([]);
    expect(texts('COPY')).toEqual(['--from=bundle --chown=0:0 --chmod=0444 /*.mjs ./']);
  });

  test('has a bundle stage that a build context of that name can replace', () => {
    expect(stages[1]).toEqual({
      base: 'scratch',
      name: 'bundle',
      instructions: [{ keyword: 'COPY', text: '--from=build /workspace/dist/apps/api/*.mjs /' }],
    });
  });

  test('runs as a user that is not root, and stops by SIGTERM', () => {
    expect(texts('USER')).toEqual(['1000:1000']);
    expect(texts('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  test('starts node directly, so that signals reach it', () => {
    expect(texts('CMD')).toEqual(['["node", "main.mjs"]']);
    expect(texts('ENTRYPOINT')).toEqual([]);
  });

  test('checks its health with node, since a slim image has no curl', () => {
    expect(texts('HEALTHCHECK')).toEqual([expect.stringContaining('CMD ["node", "-e", "')]);
  });

  test('copies into the build only what the ignore file lets through', () => {
    const allowed = read('Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = stages[0]!.instructions
      .filter(({ keyword }) => keyword === 'COPY')
      .flatMap(({ text }) => text.split(' ').slice(0, -1));
    expect([...allowed].sort()).toEqual([...copied].sort());
  });
});
