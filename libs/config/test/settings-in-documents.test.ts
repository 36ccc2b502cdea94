import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { settingPaths } from '../src/schema/setting-paths.ts';

const workspace = join(import.meta.dirname, '..', '..', '..');

/** Documents for people who change settings; those of decisions keep the names of their time. */
const documents = [
  'README.md',
  'docs/troubleshooting.md',
  'docs/releases.md',
  ...['docs/how-to', 'docs/tutorials'].flatMap((folder) =>
    readdirSync(join(workspace, folder)).map((name) => `${folder}/${name}`),
  ),
].filter((name) => name.endsWith('.md'));

/** What is written as a setting is: an output of a stack, and a file. */
const others = ['ingress.url', 'capacity.json'];

/** `compute (fargate).memoryMiB` is written `compute.memoryMiB`, and a policy goes by its name. */
const settings = settingPaths()
  .map((path) => path.replaceAll(/ \([^)]*\)|\[\]|=.*/g, ''))
  .flatMap((path) => path.split('.').map((_, end, parts) => parts.slice(0, end + 1).join('.')));
const known = new Set(settings);
const rooms = new Set(settings.filter((path) => path.includes('.')).map((path) => path.split('.')[0]));

/** Names in code marks, and those that `--set` is given, which begin as settings do. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:`|--set ['"]?)([a-z]\w*(?:\.[A-Za-z][\w-]*)+)(?=[`=\s'"])/g)]
    .flatMap(([, name]) => name ?? [])
    .filter((name) => rooms.has(name.split('.')[0]) && !others.includes(name))
    .map((name) => name.replace(/^scaling\.policies\.[\w-]+\./, 'scaling.policies.'));

describe('a setting that a document names', () => {
  test.each(documents)('exists: %s', (name) => {
    const text = readFileSync(join(workspace, name), 'utf8');
    expect(namesIn(text).filter((path) => !known.has(path))).toEqual([]);
  });

  test('is found in code marks and behind --set', () => {
    expect(namesIn('`waf.old`, `waf.log=all`, `--set waf.older=1` and `service.url`')).toEqual([
      ...['waf.old', 'waf.log', 'waf.older'],
    ]);
  });
});
