import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '../configuration-error.ts';
import { showValue } from '../problems/show-value.ts';
import { fieldOf } from '../schema/schema-node.ts';

const yamlExtensions: readonly string[] = ['.yaml', '.yml'];
const scriptExtensions: readonly string[] = ['.mjs', '.js'];
const typescriptExtensions: readonly string[] = ['.ts', '.mts'];
const allowed = ['.json', ...yamlExtensions, ...scriptExtensions, ...typescriptExtensions].join(', ');

/**
 * Reads a configuration file: JSON, YAML, or the default export of an ES module in JavaScript or TypeScript.
 * @throws ConfigurationError when it is missing, malformed, or not an object.
 */
export async function readConfigurationFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  const extension = extname(file);
  let value: unknown;
  if (extension === '.json') value = await readJson(file);
  else if (yamlExtensions.includes(extension)) value = await readYaml(file);
  else if (scriptExtensions.includes(extension)) value = await importDefault(file, (url) => import(url));
  else if (typescriptExtensions.includes(extension))
    value = await importDefault(file, await typescriptImporter(file));
  else throw refuse(file, `has the extension "${extension}"; allowed: ${allowed}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(
      file,
      `holds ${Array.isArray(value) ? 'a list' : showValue(value)}; it must hold an object with fields of the description${isModule(extension) ? ', as its default export' : ''}`,
    );
  // `$schema` is for the editor.
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$schema'));
}

const isModule = (extension: string): boolean =>
  [...scriptExtensions, ...typescriptExtensions].includes(extension);

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw refuse(file, `cannot be read: ${messageOf(cause)}. Check the path`, cause);
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse(file, `is not JSON: ${messageOf(cause)}`, cause);
  }
}

async function readYaml(file: string): Promise<unknown> {
  const text = await readText(file);
  // On demand: most descriptions are not YAML.
  const { parseYaml } = await import('./yaml-text.ts');
  try {
    return parseYaml(text);
  } catch (cause) {
    throw refuse(file, `is not YAML: ${messageOf(cause).trimEnd()}`, cause);
  }
}

type Importer = (url: string) => Promise<unknown>;

async function importDefault(file: string, importModule: Importer): Promise<unknown> {
  try {
    const module = await importModule(pathToFileURL(resolve(file)).href);
    const value = fieldOf(module, 'default');
    // A module that was compiled to CommonJS: its exports arrive as one object.
    return fieldOf(value, '__esModule') === true ? fieldOf(value, 'default') : value;
  } catch (cause) {
    throw refuse(file, `cannot be loaded: ${messageOf(cause)}`, cause);
  }
}

/** Node’s own type stripping where it has it (22.18 and later), else ours. */
async function typescriptImporter(file: string): Promise<Importer> {
  const nodeStripsTypes = Boolean(fieldOf(process.features, 'typescript'));
  if (!nodeStripsTypes) await registerTypeStripping(file);
  return (url) => import(url);
}

let registered = false;

/** Once for all files: each registration is one more hook. */
async function registerTypeStripping(file: string): Promise<void> {
  if (registered) return;
  try {
    const { register } = await import('node:module');
    register('./type-stripping.mjs', import.meta.url);
    registered = true;
  } catch (cause) {
    throw new ConfigurationError(
      [
        {
          code: 'TL-CONFIG-FILE-LOADER',
          path: '',
          message: `Node ${process.versions.node} cannot load ${file} by itself, and type-stripping.mjs beside this program cannot be loaded. Install the program again, use Node 22.18 or newer, or write the file as YAML, JSON or .mjs`,
        },
      ],
      { cause },
    );
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const refuse = (file: string, what: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError([{ code: 'TL-CONFIG-FILE', path: '', message: `the file ${file} ${what}` }], {
    cause,
  });
