import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { Script } from 'node:vm';
import { build } from 'esbuild';

/** The projects whose unit tests judge the mutants. */
const projectRoots = ['libs/scaling', 'libs/evidence'];

/** Inputs of a property: those of `npm test` are more, and take most of its time. */
const propertyRuns = 3;

/**
 * Bundles the unit tests, and the code that they test, into one script in memory, compiled once.
 *
 * @param folder the copy of the workspace in which the code is instrumented
 * @returns `load` evaluates it anew: a function for each test file, which evaluates that and what it imports. `globals` is
 *   what `@jest/globals` is to the tests; packages are shared. `importersOf` are the test files that a file can have an effect on.
 */
export async function bundleTests(folder) {
  const files = projectRoots.flatMap((root) => testFilesIn(folder, root));
  const entries = files.map(
    (file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)}),`,
  );
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    stdin: { contents: `module.exports = {\n${entries.join('\n')}\n};`, resolveDir: folder },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@jest/globals', 'croner', 'fast-check', 'zod'],
    logLevel: 'error',
  });
  const filename = join(folder, 'tests.cjs');
  const script = new Script(`(function (require, module) {${outputFiles[0].text}\n})`, { filename });
  const requirePackage = createRequire(filename);
  const fastCheck = briefly(requirePackage('fast-check'));
  const load = (globals) => {
    const module = { exports: {} };
    const packages = { '@jest/globals': globals, 'fast-check': fastCheck };
    script.runInThisContext()((name) => packages[name] ?? requirePackage(name), module);
    return module.exports;
  };
  const imports = new Map(files.map((file) => [file, filesImportedBy(file, metafile)]));
  const importersOf = (path) => files.filter((file) => imports.get(file).has(relative(folder, path)));
  return { load, importersOf };
}

function filesImportedBy(file, { inputs }) {
  const found = new Set([file]);
  for (const path of found)
    for (const { path: imported, external } of inputs[path].imports) if (!external) found.add(imported);
  return found;
}

/** The same few inputs for every mutant; and that one fails is enough, the smallest is not searched for. */
function briefly(fc) {
  const assert = (property, { numRuns = propertyRuns } = {}) =>
    fc.assert(property, { numRuns: Math.min(numRuns, propertyRuns), seed: 1, endOnFailure: true });
  return { ...fc, assert };
}

function testFilesIn(folder, root) {
  return readdirSync(join(folder, root), { recursive: true })
    .filter(
      (path) => path.endsWith('.test.ts') && !path.endsWith('.e2e.test.ts') && !path.includes('node_modules'),
    )
    .sort()
    .map((path) => `${root}/${path}`);
}
