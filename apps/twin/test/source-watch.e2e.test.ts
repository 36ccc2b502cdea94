import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { SourceWatch } from '../src/watch/source-watch.ts';
import { eventually } from './eventually.ts';
import { programFolder } from './runtimes/user-program.ts';

let program: Awaited<ReturnType<typeof programFolder>> | undefined;
let watch: SourceWatch | undefined;
afterEach(async () => {
  watch?.close();
  await program?.remove();
});

test('what is saved is heard once, in folders old and new, without what is installed, made or ignored by Git', async () => {
  program = await programFolder({ 'server.mjs': '1', '.gitignore': '*.log\n' });
  const { folder } = program;
  spawnSync('git', ['init', '--quiet'], { cwd: folder });
  for (const name of ['lib', 'node_modules', 'dist']) await mkdir(join(folder, name));
  const heard: (readonly string[])[] = [];
  watch = new SourceWatch({
    folder,
    onChange: (files) => heard.push(files),
    onProblem: (message) => {
      throw new Error(message);
    },
  });
  const save = async (...files: readonly string[]): Promise<void> => {
    for (const file of files) await writeFile(join(folder, file), '2');
  };
  const hears = (times: number): Promise<unknown> =>
    eventually(
      () => Promise.resolve(heard.length),
      (count) => count === times,
    );

  // Ignored ones come first: what is heard after them is heard without them.
  await save('app.log', 'node_modules/a.js', 'dist/b.js');
  await save('server.mjs', 'lib/one.js');
  await hears(1);
  expect(heard[0]).toEqual(['lib/one.js', 'server.mjs']);

  await mkdir(join(folder, 'new'));
  await hears(2);
  expect(heard[1]).toEqual(['new']);
  await save('new/two.js');
  await hears(3);
  expect(heard[2]).toEqual(['new/two.js']);
});
