// Bundles one program, dependencies and all: `node tools/bundle.mjs apps/<name>` writes dist/apps/<name>/main.mjs. One file,
// unless its package.json has `"splitBundle": true`: then the modules that it imports on demand become files beside it.
// `"zipBundle": true` packs the program into main.zip as well, as Lambda takes it.
// Beside the folder, dist/apps/<name>.inputs.json records what the bundle was made of: tools/run.mjs builds again only
// when one of those files has changed, and so does `--if-changed` behind the folder here.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { writeWhole } from '../libs/process/src/files/write-whole.mjs';
import { zipOf } from './zip.mjs';

const workspace = join(import.meta.dirname, '..');
const at = (path) => join(workspace, path);
/** What every bundle is made of besides its modules: packages count by the lockfile of what is installed. */
const sharedInputs = [
  'tools/bundle.mjs',
  'tools/zip.mjs',
  'tsconfig.base.json',
  'node_modules/.package-lock.json',
];

const pollMs = 50;
const longestBuildMs = 60_000;

/** The program that a bundle starts with. */
export const bundleFile = (projectRoot) => at(join('dist', projectRoot, 'main.mjs'));

/** Brings the bundles of projects up to date. */
export async function ensureBundles(projectRoots) {
  const built = await Promise.all(projectRoots.map(ensureBundle));
  if (!built.includes(true)) return;
  const { stop } = await import('esbuild');
  // Else its process would live as long as the program that is started next.
  await stop();
}

/** Bundles a project unless that is done already, or another process does it. @returns whether this one did */
async function ensureBundle(projectRoot) {
  const lock = at(join('dist', `${projectRoot}.lock`));
  mkdirSync(dirname(lock), { recursive: true });
  while (!isUpToDate(projectRoot)) {
    if (!acquire(lock)) {
      await setTimeout(pollMs);
      continue;
    }
    try {
      await bundle(projectRoot);
      return true;
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
  return false;
}

/** Takes the lock, also from a process that has died with it. */
function acquire(lock) {
  const heldSinceMs = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
  if (Date.now() - heldSinceMs > longestBuildMs) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Writes the bundle of a project and the record of its inputs. */
async function bundle(projectRoot) {
  const startedMs = Date.now();
  // On demand: a bundle that is up to date does not need it.
  const { build } = await import('esbuild');
  const { splitBundle = false, zipBundle = false } = JSON.parse(
    await readFile(at(join(projectRoot, 'package.json')), 'utf8'),
  );
  const outdir = at(join('dist', projectRoot));
  const next = `${outdir}.${process.pid}`;
  try {
    const { metafile } = await build({
      absWorkingDir: workspace,
      entryPoints: { main: entryPoint(projectRoot) },
      outdir: next,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: splitBundle,
      // A function is uploaded, and read at each cold start; names stay, for stack traces.
      minifyWhitespace: zipBundle,
      minifySyntax: zipBundle,
      platform: 'node',
      // ES modules where a package has both: what is not used is left out, and a program starts in half the time.
      mainFields: ['module', 'main'],
      // lmdb has machine code of its own, in packages per platform. The rest is large, and only the stacks use it.
      external: ['lmdb', 'cdktf', '@cdktf/*', 'constructs'],
      target: 'node20',
      format: 'esm',
      // Said here too: an image is built without the tsconfig.json of the app that has pages.
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      sourcemap: 'linked',
      legalComments: 'linked',
      logLevel: 'warning',
      metafile: true,
      // package.json says which Node a bundle runs on, and the lockfile which AWS SDK: its note on future releases is for us.
      define: { 'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"' },
      // Bundled CommonJS packages still call require() for Node's own modules, and ask for their file's name.
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __filename = import.meta.filename;",
      },
    });
    if (metafile.inputs[typescriptReader] !== undefined)
      Object.assign(metafile.inputs, await bundleTypeStripping(next));
    if (zipBundle) {
      const content = await readFile(join(next, 'main.mjs'));
      writeWhole(join(next, 'main.zip'), zipOf([{ name: 'main.mjs', content }]));
    }
    // Replaced as a whole: a program that runs from the old bundle never sees half of the new one.
    if (existsSync(outdir)) await rename(outdir, `${next}.old`);
    await rename(next, outdir);
    writeRecord(projectRoot, recordOf(inputsOf(projectRoot, metafile), startedMs));
  } finally {
    await Promise.all([next, `${next}.old`].map((path) => rm(path, { recursive: true, force: true })));
  }
}

/** What reads configuration files, and hands type-stripping.mjs beside it to Node’s loader, which has a thread of its own. */
const typescriptReader = 'libs/config/src/overrides/configuration-file.ts';

/** Bundles the hooks of the loader beside a program. @returns what they are made of */
async function bundleTypeStripping(outdir) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: workspace,
    entryPoints: {
      'type-stripping': typescriptReader.replace('configuration-file.ts', 'type-stripping.mjs'),
    },
    ...{
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
    },
    ...{ target: 'node20', format: 'esm', legalComments: 'linked', logLevel: 'warning', metafile: true },
  });
  return metafile.inputs;
}

/** Whether the bundle of a project exists and none of the files that it was made of has changed since. */
export function isUpToDate(projectRoot) {
  if (!existsSync(bundleFile(projectRoot))) return false;
  const record = readRecord(projectRoot);
  if (record === undefined) return false;
  let touched = false;
  for (const [path, known] of Object.entries(record)) {
    const stamp = stampOf(path);
    if (stamp === known.stamp) continue;
    // A checkout, or a result that Nx restored, changes the time alone.
    if (hashOf(path) !== known.hash) return false;
    record[path] = { ...known, stamp };
    touched = true;
  }
  if (touched) writeRecord(projectRoot, record);
  return true;
}

function entryPoint(projectRoot) {
  const places = [join(projectRoot, 'src', 'main.ts'), join(projectRoot, 'main.ts')];
  return places.find((path) => existsSync(at(path)));
}

/** Modules of this workspace, and the manifests that say how to resolve and to transform them. */
function inputsOf(projectRoot, { inputs }) {
  const modules = Object.keys(inputs).filter((path) => !path.split('/').includes('node_modules'));
  const projects = new Set(modules.map((path) => /^(?:apps|libs)\/[^/]+/.exec(path)?.[0] ?? dirname(path)));
  const manifests = [...projects, projectRoot].map((project) => join(project, 'package.json'));
  return [...new Set([...modules, ...manifests, join(projectRoot, 'tsconfig.json'), ...sharedInputs])];
}

function recordOf(paths, startedMs) {
  return Object.fromEntries(
    paths.map((path) => {
      // Which of two contents went in is unknown of a file that changed during the build: never up to date.
      const changed = (statSync(at(path), { throwIfNoEntry: false })?.mtimeMs ?? 0) >= startedMs;
      return [path, changed ? { stamp: '', hash: '' } : { stamp: stampOf(path), hash: hashOf(path) }];
    }),
  );
}

function stampOf(path) {
  const stats = statSync(at(path), { throwIfNoEntry: false });
  return stats === undefined ? 'missing' : `${stats.mtimeMs} ${stats.size}`;
}

function hashOf(path) {
  if (!existsSync(at(path))) return 'missing';
  return createHash('sha256')
    .update(readFileSync(at(path)))
    .digest('base64url');
}

const recordFile = (projectRoot) => at(join('dist', `${projectRoot}.inputs.json`));

function writeRecord(projectRoot, record) {
  const file = recordFile(projectRoot);
  writeWhole(file, JSON.stringify(record));
}

function readRecord(projectRoot) {
  try {
    return JSON.parse(readFileSync(recordFile(projectRoot), 'utf8'));
  } catch {
    return undefined;
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  const [projectRoot, condition] = process.argv.slice(2);
  if (projectRoot === undefined || entryPoint(projectRoot) === undefined) {
    console.error(
      `bundle: got ${projectRoot ?? 'nothing'}; expected the folder of a project that has a main.ts`,
    );
    process.exit(2);
  }
  await (condition === '--if-changed' ? ensureBundle(projectRoot) : bundle(projectRoot));
}
