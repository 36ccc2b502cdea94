import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildContent, requireContext } from './build-content.ts';
import { contentTag } from './content-tag.ts';

let context = '';

beforeEach(() => {
  context = mkdtempSync(join(tmpdir(), 'context-'));
  write({ Dockerfile: 'FROM scratch', 'src/app.py': 'print(1)' });
});

afterEach(() => rmSync(context, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(context, name)), { recursive: true });
    writeFileSync(join(context, name), text);
  }
}

const build = (over: object = {}) => ({
  ...{ context, dockerfile: 'Dockerfile', target: null, args: {}, platform: null },
  ...over,
});
const names = async (): Promise<readonly string[]> => Object.keys((await buildContent(build())).files).sort();
const tag = async (over: object = {}): Promise<string> =>
  contentTag({ ...(await buildContent(build(over))), platform: 'linux/amd64', baseImage: null });

describe('the content of a build', () => {
  test('is every file of the context, without Git’s own', async () => {
    write({ '.git/HEAD': 'ref', 'sub/.git/HEAD': 'ref', '.env': 'A=1' });
    expect(await names()).toEqual(['.env', 'Dockerfile', 'src/app.py']);
  });

  // Docker, “.dockerignore files”: patterns are of paths from the context; a later rule wins; the Dockerfile is always sent.
  test.each([
    ['src', ['.dockerignore', 'Dockerfile', 'deep/c.md', 'deep/src/b.txt', 'keep.md']],
    ['/src/', ['.dockerignore', 'Dockerfile', 'deep/c.md', 'deep/src/b.txt', 'keep.md']],
    ['*.md', ['.dockerignore', 'Dockerfile', 'deep/c.md', 'deep/src/b.txt', 'src/app.py']],
    ['**/*.md', ['.dockerignore', 'Dockerfile', 'deep/src/b.txt', 'src/app.py']],
    ['*/src', ['.dockerignore', 'Dockerfile', 'deep/c.md', 'keep.md', 'src/app.py']],
    ['# all\n**\n!src/app.py\n', ['Dockerfile', 'src/app.py']],
    ['Dockerfile\n.dockerignore', ['Dockerfile', 'deep/c.md', 'deep/src/b.txt', 'keep.md', 'src/app.py']],
  ])('leaves out what .dockerignore says: %j', async (rules, expected) => {
    write({ '.dockerignore': rules, 'deep/src/b.txt': 'b', 'deep/c.md': 'c', 'keep.md': 'k' });
    expect(await names()).toEqual(expected);
  });

  test('prefers the rules beside the Dockerfile', async () => {
    write({ '.dockerignore': 'src', 'Dockerfile.dockerignore': 'nothing' });
    expect(await names()).toContain('src/app.py');
  });
});

describe('the tag', () => {
  test('changes with a file, its mode, a link, and what the build is told, and with nothing else', async () => {
    const first = await tag();
    expect(await tag()).toBe(first);
    const tags = new Set([first]);
    chmodSync(join(context, 'src/app.py'), 0o755);
    tags.add(await tag());
    symlinkSync('app.py', join(context, 'src/link'));
    tags.add(await tag());
    write({ 'src/app.py': 'print(2)' });
    tags.add(await tag());
    tags.add(await tag({ target: 'run' }));
    tags.add(await tag({ args: { A: '1' } }));
    expect(tags.size).toBe(6);
  });
});

describe('a build without its files is refused', () => {
  test.each([
    [
      { context: '/nowhere/shop' },
      'TL-PIPE-CONTEXT container.build.context: there is no folder /nowhere/shop',
    ],
    [{ dockerfile: 'ops/Dockerfile' }, 'TL-PIPE-CONTEXT container.build.dockerfile: there is no '],
  ])('%j', (over, message) => {
    expect(() => requireContext(build(over))).toThrow(message);
  });
});
