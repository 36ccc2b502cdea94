import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { metricSchema } from '../src/metrics/metric-schemas.ts';
import { scalingPolicySchema } from '../src/policies/scaling-policy-schema.ts';

const root = join(import.meta.dirname, '../../..');

const sourcesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesBelow(path);
    return /(?<!\.test)\.tsx?$/.test(entry.name) && !path.includes('/test/') ? [path] : [];
  });

const sources = ['apps', 'libs', 'stacks'].flatMap(sourcesBelow);

/** Lines outside the rooms that compare something with one of these names, or switch over them. */
function comparisons(names: readonly string[], rooms: readonly string[]): readonly string[] {
  const name = `'(?:${names.join('|')})'`;
  const pattern = new RegExp(`[!=]==\\s*${name}|${name}\\s*[!=]==|case ${name}:`);
  return sources
    .filter((path) => !rooms.some((room) => path.startsWith(room)))
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          pattern.test(line) ? [`${relative('.', path)}:${index + 1} ${line.trim()}`] : [],
        ),
    );
}

/** What compares a name that other unions have too. */
const otherUnions = ['apps/twin/src/hosts/place-task.ts', 'libs/config/src/schema-problems.ts'];

test('policy kinds and metric kinds are compared in their rooms alone', () => {
  const names = [
    ...scalingPolicySchema.options.map(({ shape }) => shape.type.value),
    ...metricSchema.options.map(({ shape }) => shape.kind.value),
  ];
  const rooms = ['libs/config/src/policies/', 'libs/config/src/metrics/', ...otherUnions];
  expect(comparisons(names, rooms)).toEqual([]);
});
