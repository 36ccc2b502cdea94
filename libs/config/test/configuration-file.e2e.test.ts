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
let bundleInRepository: string;
let bundleElsewhere: string;

async function bundle(outfile: string): Promise<string> {
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
  await mkdir(join(projectRoot, 'dist'), { recursive: true });
  const output = await mkdtemp(join(projectRoot, 'dist', 'e2e-'));
  bundleInRepository = await bundle(join(output, 'main.mjs'));
  bundleElsewhere = await bundle(join(folder, 'main.mjs'));
  await writeFile(join(folder, 'limits.ts'), 'export const max: number = 11;\n');
  await writeFile(
    join(folder, 'environment.ts'),
    "import { max } from './limits.ts';\ninterface Capacity { readonly max: number }\nconst capacity: Capacity = { max };\nexport default { capacity };\n",
  );
  await writeFile(join(folder, 'malformed.json'), '{ "stage": ');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(join(bundleInRepository, '..'), { recursive: true, force: true });
});

describe('a bundled program', () => {
  test('loads a TypeScript file, with its relative imports, from outside the repository', async () => {
    expect(await load(bundleInRepository, 'environment.ts')).toBe('{"min":2,"max":11,"desired":2}');
  });

  test('names the missing loader where neither Node nor tsx can load TypeScript', async () => {
    const nodeLoadsTypescript = 'typescript' in process.features && Boolean(process.features.typescript);
    const output = await load(bundleElsewhere, 'environment.ts');
    expect(output).toMatch(nodeLoadsTypescript ? /"max":11/ : /^TL-CONFIG-FILE-LOADER .*Install tsx/);
  });

  test('names the fault of a malformed JSON file', async () => {
    expect(await load(bundleElsewhere, 'malformed.json')).toMatch(
      /^TL-CONFIG-FILE the file malformed\.json is not JSON: /,
    );
  });
});
