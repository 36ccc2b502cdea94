// @ts-check
// Hooks of Node’s module loader, in JavaScript since the thread that they run in has no loader yet. tools/bundle.mjs bundles
// them beside every program that reads configuration files.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from 'sucrase';

/**
 * Loads TypeScript as Node 22.18 and later do by themselves: types are left out, everything is an ES module.
 * @type {import('node:module').LoadHook}
 */
export async function load(url, context, nextLoad) {
  if (!/^file:.*\.m?ts$/.test(url)) return nextLoad(url, context);
  const filePath = fileURLToPath(url);
  const { code } = transform(await readFile(filePath, 'utf8'), {
    ...{ transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: false, filePath },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
