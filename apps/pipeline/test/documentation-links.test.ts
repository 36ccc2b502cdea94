import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readText, workspaceRoot } from './workflow.ts';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'apps/api/README.md',
  'apps/load-runner/README.md',
  ...readdirSync(join(workspaceRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

/** The anchor that GitHub gives a heading: lower case, punctuation dropped, spaces as hyphens. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-');

const anchors = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));

test.each(documents)('every link of %s leads to a file and a heading that exist', (document) => {
  const file = join(workspaceRoot, document);
  const prose = readFileSync(file, 'utf8').replaceAll(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)]+))?\)/g)];
  const broken = links.filter(([, path = '', heading]) => {
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(target)) return true;
    return heading !== undefined && !anchors(target).includes(heading);
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

/** Paths of this repository that a document names as code; `<…>` stands for a name. */
const namedPaths = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:apps|libs|stacks|docs|tools|\.github)\/[\w./<>-]+)`/g)].map(([, path = '']) =>
    path.replace(/\/$/, ''),
  );

test.each(documents)('every path that %s names exists', (document) => {
  const missing = namedPaths(readText(document)).filter((path) => {
    const fixed = path.split('<')[0] ?? '';
    return !existsSync(join(workspaceRoot, path.includes('<') ? dirname(`${fixed}x`) : path));
  });
  expect(missing).toEqual([]);
});
