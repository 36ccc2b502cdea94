import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { missingTools } from '../src/index.ts';
import { withMotoShortcuts } from '../src/moto-shortcuts.ts';

const suite = missingTools(['moto_server']).length === 0 ? describe : describe.skip;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moto-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A moto whose two functions say each time that they were asked. */
async function writeMoto(): Promise<void> {
  const core = join(folder, 'moto', 'core');
  await mkdir(core, { recursive: true });
  await writeFile(join(folder, 'moto', '__init__.py'), '');
  await writeFile(join(core, '__init__.py'), '');
  await writeFile(
    join(folder, 'moto', 'backends.py'),
    "def list_of_moto_modules():\n    print('listed')\n    yield 'iam'\n    yield 's3'\n",
  );
  await writeFile(
    join(core, 'responses.py'),
    "def method_names_from_class(kind):\n    print('members of', kind)\n    return [kind + '_method']\n",
  );
}

const askTwice = `
import sys
if 'moto' in sys.modules:
    import moto.backends, moto.core.responses
    for _ in range(2):
        print(list(moto.backends.list_of_moto_modules()))
        print(moto.core.responses.method_names_from_class('iam'), moto.core.responses.method_names_from_class('s3'))
else:
    print('not loaded')
`;

/** @param name of the program @returns the lines that it prints */
async function run(name: string): Promise<readonly string[]> {
  const program = join(folder, name);
  await writeFile(program, askTwice);
  return withMotoShortcuts(async ({ PYTHONPATH }) => {
    const path = [PYTHONPATH, folder].join(delimiter);
    const { stdout } = await promisify(execFile)('python3', [program], {
      env: { ...process.env, PYTHONPATH: path },
    });
    return stdout.trim().split('\n');
  });
}

suite('what moto remembers', () => {
  test('moto says the same each time, and looks once', async () => {
    await writeMoto();
    const answer = ["['iam', 's3']", "['iam_method'] ['s3_method']"];
    const [modules, ...methods] = await run('moto_server');
    expect(modules).toBe('listed');
    expect(methods).toEqual(["['iam', 's3']", 'members of iam', 'members of s3', answer[1], ...answer]);
  });

  test('no other program is touched', async () => {
    await writeMoto();
    expect(await run('another')).toEqual(['not loaded']);
  });

  test('a moto that is built otherwise runs as it is', async () => {
    await mkdir(join(folder, 'moto'));
    await writeFile(join(folder, 'moto', '__init__.py'), '');
    await writeFile(join(folder, 'moto', 'backends.py'), '');
    await expect(run('moto_server')).rejects.toThrow("No module named 'moto.core'");
  });

  test('nothing is left behind, and folders of the user’s stay in the path', async () => {
    const given = process.env.PYTHONPATH;
    process.env.PYTHONPATH = '/opt/python';
    try {
      const path = await withMotoShortcuts(({ PYTHONPATH }) => Promise.resolve(PYTHONPATH.split(delimiter)));
      expect(path[1]).toBe('/opt/python');
      expect(existsSync(path[0] ?? '')).toBe(false);
    } finally {
      if (given === undefined) delete process.env.PYTHONPATH;
      else process.env.PYTHONPATH = given;
    }
  });
});
