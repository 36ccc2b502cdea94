import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { computeKinds } from '../src/compute/compute-kinds.ts';
import { ingressKinds } from '../src/ingress/ingress-kinds.ts';
import { metricSchema } from '../src/metrics/metric-schemas.ts';
import { scalingPolicySchema } from '../src/policies/scaling-policy-schema.ts';
import { releaseKinds } from '../src/release/release-kinds.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Every TypeScript file of the workspace, by its path from the root. */
const sources = ['apps', 'libs', 'stacks'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(({ name, parentPath }) => /\.tsx?$/.test(name) && !/node_modules|\bdist\b/.test(parentPath))
    .map(({ name, parentPath }) => relative(root, join(parentPath, name))),
);

/** Files outside a room that compare with one of its kinds: by `===`, `!==` or `case`. A `Record` is left to the compiler. */
function branchingFiles(room: string, kinds: readonly string[]): readonly string[] {
  const comparison = new RegExp(`([!=]==|\\bcase) '(${kinds.join('|')})'`);
  return sources.filter(
    (file) => !file.startsWith(room) && comparison.test(readFileSync(join(root, file), 'utf8')),
  );
}

describe('files that compare with a kind outside its room', () => {
  test.each([
    { union: 'compute', kinds: Object.keys(computeKinds), most: 3 },
    { union: 'ingress', kinds: Object.keys(ingressKinds), most: 0 },
    // A fleet of the twin is of kind blue-green too.
    { union: 'release', kinds: Object.keys(releaseKinds), most: 4 },
  ])('of $union are at most $most', ({ union, kinds, most }) => {
    const files = branchingFiles(`libs/config/src/${union}/`, kinds);
    expect(files.slice(most)).toEqual([]);
  });
});

/** What compares a name that other unions have too. */
const otherUnions = [
  'apps/twin/src/ec2-service/place-task.ts',
  'libs/config/src/problems/schema-problems.ts',
];

/** Lines outside the rooms that compare something with one of these names, or switch over them. */
function comparisons(names: readonly string[], rooms: readonly string[]): readonly string[] {
  const name = `'(?:${names.join('|')})'`;
  const pattern = new RegExp(`[!=]==\\s*${name}|${name}\\s*[!=]==|case ${name}:`);
  return sources
    .filter((file) => !/\.test\.ts|\/test\//.test(file) && !rooms.some((room) => file.startsWith(room)))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
}

test('kinds of policies and metrics are compared in their rooms alone', () => {
  const names = [
    ...scalingPolicySchema.options.map(({ shape }) => shape.type.value),
    ...metricSchema.options.map(({ shape }) => shape.kind.value),
  ];
  const rooms = ['libs/config/src/policies/', 'libs/config/src/metrics/', ...otherUnions];
  expect(comparisons(names, rooms)).toEqual([]);
});
