import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { never } from '../../test/fake-pipeline.ts';
import { contentTag } from './content-tag.ts';
import { workspaceInputs } from './image-inputs.ts';

const content = (text: string) => ({
  platform: 'linux/amd64',
  baseImage: null,
  settings: {},
  files: { 'main.mjs': Buffer.from(text) },
});

test.each([
  [0, [true, false, true]],
  // A shallow clone.
  [128, [null, null, null]],
])(
  'Nx, which ends with %i, is asked once for the apps that changed since a commit',
  async (exitCode, known) => {
    const asked: string[] = [];
    const inputs = workspaceInputs({
      ...{ platform: 'linux/amd64', baseImage: null },
      runProcess: ({ args }) => {
        asked.push(args.at(-2) ?? '');
        return Promise.resolve({ exitCode, stdout: '["@tideline/api"]', lines: [] });
      },
    });
    const changed = (app: 'api' | 'load-runner', base: string) =>
      inputs.changedSince({ app, build: null }, base, never);
    expect(
      await Promise.all([changed('api', 'abc'), changed('load-runner', 'abc'), changed('api', 'def')]),
    ).toEqual(known);
    expect(asked).toEqual(['--base=abc', '--base=def']);
  },
);

describe('a content tag', () => {
  test('is a tag that ECR takes', () => {
    expect(contentTag(content('x'))).toMatch(/^[0-9a-f]{20}$/);
  });

  test('is the same for the same content and differs for any other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(contentTag(content(left)) === contentTag(content(right))).toBe(left === right);
      }),
    );
  });

  test('does not depend on the order of the files', () => {
    const a = Buffer.from('a');
    const b = Buffer.from('b');
    expect(contentTag({ ...content(''), files: { a, b } })).toBe(
      contentTag({ ...content(''), files: { b, a } }),
    );
  });

  test('tells platforms, base images and the border between files apart', () => {
    const plain = content('x');
    const others = [
      { ...plain, platform: 'linux/arm64' },
      { ...plain, baseImage: 'node:24' },
      { ...plain, files: { 'main.mjs': Buffer.from(''), x: Buffer.from('x') } },
    ];
    expect(new Set([plain, ...others].map(contentTag)).size).toBe(4);
  });
});
