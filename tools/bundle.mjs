// Bundles one app, dependencies and all: `node tools/bundle.mjs apps/<name>` writes dist/apps/<name>/main.mjs. One file,
// unless the app’s package.json has `"splitBundle": true`: then what it imports on demand comes to lie beside it.
import { readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const projectRoot = process.argv[2];
if (projectRoot === undefined || !existsSync(join(projectRoot, 'src', 'main.ts'))) {
  console.error(`bundle: got ${projectRoot ?? 'nothing'}; expected an app's folder that holds src/main.ts`);
  process.exit(2);
}

const { splitBundle = false } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
const outdir = join('dist', projectRoot);
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { main: join(projectRoot, 'src', 'main.ts') },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: splitBundle,
  platform: 'node',
  // Has machine code of its own, in packages per platform; only a program that asks for it at run time needs it.
  external: ['lmdb'],
  target: 'node20',
  format: 'esm',
  // Said here too: an image is built without the tsconfig.json of the app that has pages.
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: 'linked',
  legalComments: 'linked',
  logLevel: 'warning',
  // Bundled CommonJS packages still call require() for Node's own modules, and ask for their file's name.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __filename = import.meta.filename;",
  },
});
