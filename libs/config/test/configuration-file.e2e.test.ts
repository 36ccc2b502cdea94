import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';

const projectRoot = join(import.meta.dirname, '..');
const run = promisify(execFile);

/** Prints the capacity of the file it is given, or the error. */
const program = `
import { loadEnvironment } from './src/index.ts';
loadEnvironment({ preset: 'load-driven', file: process.argv[2] }).then(
  ({ capacity }) => console.log(JSON.stringify(capacity)),
  (error) => console.log(error.message),
);
`;

let folder: string;
let whole: string;
let withoutHooks: string;

async function bundle(outfile: string, hooks: 'with-hooks' | 'without-hooks'): Promise<string> {
  if (hooks === 'with-hooks')
    await build({
      entryPoints: [join(projectRoot, 'src', 'overrides', 'type-stripping.mjs')],
      outfile: join(outfile, '..', 'type-stripping.mjs'),
      ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'silent' },
    });
  await build({
    stdin: { contents: program, resolveDir: projectRoot, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'silent',
  });
  return outfile;
}

const load = async (main: string, file: string): Promise<string> =>
  (await run(process.execPath, [main, file], { cwd: folder, env: {} })).stdout.trim();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-config-'));
  for (const name of ['whole', 'bare']) await mkdir(join(folder, name));
  whole = await bundle(join(folder, 'whole', 'main.mjs'), 'with-hooks');
  withoutHooks = await bundle(join(folder, 'bare', 'main.mjs'), 'without-hooks');
  await writeFile(join(folder, 'limits.ts'), 'export const max: number = 11;\n');
  await writeFile(
    join(folder, 'environment.ts'),
    "import { max } from './limits.ts';\ninterface Capacity { readonly max: number }\nconst capacity: Capacity = { max };\nexport default { capacity };\n",
  );
  await writeFile(join(folder, 'malformed.json'), '{ "stage": ');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a bundled program', () => {
  test('loads a TypeScript file, with its relative imports, without any package beside it', async () => {
    expect(await load(whole, 'environment.ts')).toBe('{"min":2,"max":11,"desired":2}');
  });

  test('names the place of a mistake in a TypeScript file', async () => {
    await writeFile(join(folder, 'broken.ts'), 'export default {\n  capacity: { max: 3 \n');
    expect(await load(whole, 'broken.ts')).toMatch(/^TL-CONFIG-FILE the file broken\.ts cannot be loaded: /);
  });

  test('says what is missing where neither Node nor the program can load TypeScript', async () => {
    const nodeLoadsTypescript = 'typescript' in process.features && Boolean(process.features.typescript);
    const output = await load(withoutHooks, 'environment.ts');
    expect(output).toMatch(nodeLoadsTypescript ? /"max":11/ : /^TL-CONFIG-FILE-LOADER .*type-stripping\.mjs/);
  });

  test('names the fault of a malformed JSON file', async () => {
    expect(await load(whole, 'malformed.json')).toMatch(
      /^TL-CONFIG-FILE the file malformed\.json is not JSON: /,
    );
  });
});
