import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createCommand } from '@tideline/process';
import { loadProgram } from '../src/cli/program.ts';

const project = join(import.meta.dirname, '..');
const readme = readFileSync(join(project, 'README.md'), 'utf8');
const firstCells = (pattern: RegExp): string[] =>
  [...readme.matchAll(pattern)].map(([, cell]) => cell ?? '').sort();

describe('README', () => {
  test('lists every option, with its argument', () => {
    const options = createCommand(loadProgram(process)).options.map(({ flags }) => flags);
    expect(firstCells(/^\| `(--.+?)` +\|/gm).map((cell) => cell.replaceAll('\\', ''))).toEqual(
      options.sort(),
    );
  });

  test('lists every action that AWS has to allow', () => {
    const source = readFileSync(join(project, 'src/observe/aws/reads/sdk-reads.ts'), 'utf8');
    const actions = [...source.matchAll(/ask\(\s*'([a-z-]+:\w+)'/g)].map(([, action]) => action);
    expect(actions).toHaveLength(11);
    expect(firstCells(/^\| `([a-z-]+:\w+)` +\|/gm)).toEqual(actions.sort());
  });

  test('lists every code', () => {
    const sources = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path) => readFileSync(join(project, 'src', path), 'utf8'));
    const codes = new Set(sources.flatMap((source) => source.match(/TL-RUN-[A-Z-]*[A-Z]/g) ?? []));
    expect(firstCells(/^\| `(TL-.+?)` +\|/gm)).toEqual([...codes].sort());
  });
});
