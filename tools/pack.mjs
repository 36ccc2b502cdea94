// Makes the package @tideline/cli from the bundles of the apps: `npm run pack` writes dist/tideline-cli-<version>.tgz.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { writeWhole } from '../libs/process/src/files/write-whole.mjs';
import { bundleFile, ensureBundles } from './bundle.mjs';
import { readOptions } from './read-options.mjs';

const workspace = join(import.meta.dirname, '..');
const projects = [
  ...['api', 'cli', 'cost', 'load-runner', 'pipeline', 'planner', 'release-hook', 'twin'].map(
    (app) => `apps/${app}`,
  ),
  'stacks',
];
const help = `Usage: npm run pack [-- [--out DIR] [--list-peers]]

Makes the package @tideline/cli, and prints the path of the file that npm installs.

  --out      folder that the package is written into (default: dist)
  --list-peers
             make nothing: print the packages that deploying needs beside it, as npm install takes them
  --help     show this
  --version  show the version

Exit codes: 0 written, 1 failed, 2 refused, 3 a file could not be written.
`;
const { out, ...options } = readOptions({
  command: 'pack',
  options: { out: { type: 'string', default: 'dist' }, 'list-peers': { type: 'boolean', default: false } },
  help,
});
const folder = join(workspace, 'dist', 'package');
const smaller = {
  ...{ format: 'esm', platform: 'node', target: 'node20', legalComments: 'inline' },
  ...{ minifyWhitespace: true, minifySyntax: true, lineLimit: 160 },
};
/** What strips types of a configuration: a third of a megabyte, the same in every bundle. */
const sharedLoader = 'type-stripping.mjs';
const loaderHome = 'apps/cli';

const readJson = (...names) => JSON.parse(readFileSync(join(workspace, ...names), 'utf8'));
const peers = ['@cdktf/provider-aws', 'cdktf', 'constructs'].map((name) => [
  name,
  readJson('stacks', 'package.json').dependencies[name],
]);
if (options['list-peers']) {
  console.log(peers.map((peer) => peer.join('@')).join(' '));
  process.exit(0);
}

await ensureBundles(projects);
rmSync(folder, { recursive: true, force: true });
const { stop, transform } = await import('esbuild');
await Promise.all(projects.map(copyBundle));
await stop();
copy('stacks/.terraform.lock.hcl', 'stacks/.terraform.lock.hcl');
copy('LICENSE', 'LICENSE');
copy('apps/cli/README.md', 'README.md');
copy('docs/reference/environment.schema.json', 'environment.schema.json');
copy('docs/reference/configuration.md', 'configuration.md');
write('package.json', `${JSON.stringify(manifest(), null, 2)}\n`);
// npm links the command to this file, which the system then starts.
const program = join(folder, 'apps', 'cli', 'main.mjs');
writeWhole(program, `#!/usr/bin/env node\n${readFileSync(program, 'utf8')}`);
chmodSync(program, 0o755);
mkdirSync(out, { recursive: true });
const args = ['pack', folder, '--pack-destination', out, '--json', '--ignore-scripts'];
const [{ filename }] = JSON.parse(
  execFileSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' }),
);
console.log(join(out, filename));

/** All of a bundle without its source maps and white space, which take two thirds of the room; names stay, for stack traces. */
async function copyBundle(project) {
  const from = dirname(bundleFile(project));
  const names = readdirSync(from).filter((file) => !file.endsWith('.map'));
  const archive = names.find((name) => name.endsWith('.zip'));
  // What Lambda gets, as it is: the same stacks come out of the package and of the workspace.
  if (archive !== undefined) return write(join(project, archive), readFileSync(join(from, archive)));
  for (const name of names) {
    const text = readFileSync(join(from, name), 'utf8').replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n');
    const code = name.endsWith('.mjs') ? (await transform(text, smaller)).code : text;
    write(join(project, name), sharedLoader === name ? loaderOf(project, code) : code);
  }
}

/** The loader itself in one project; in the others what takes it from there. */
function loaderOf(project, code) {
  if (project === loaderHome) return code;
  const path = relative(project, join(loaderHome, sharedLoader)).split(sep).join('/');
  return `export * from '${path}';\n`;
}

function copy(from, to) {
  write(to, readFileSync(join(workspace, from)));
}

function write(to, content) {
  const file = join(folder, to);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, content);
}

function manifest() {
  const { version, description, license, engines } = readJson('package.json');
  const commit = commitOf();
  return {
    ...{ name: '@tideline/cli', version, description, license, type: 'module', engines },
    bin: { tideline: 'apps/cli/main.mjs' },
    // Machine code, which no bundle can hold: the store of sessions and of the shop, where there is no Redis.
    dependencies: { lmdb: readJson('apps', 'api', 'package.json').dependencies.lmdb },
    // Large, and only `synth` and what deploys load them.
    peerDependencies: Object.fromEntries(peers),
    peerDependenciesMeta: Object.fromEntries(peers.map(([name]) => [name, { optional: true }])),
    ...(commit === undefined ? {} : { gitHead: commit }),
  };
}

/** As npm itself names it in a manifest; `--version` shows it. */
function commitOf() {
  if (!existsSync(join(workspace, '.git'))) return undefined;
  const git = (...words) => execFileSync('git', words, { cwd: workspace, encoding: 'utf8' }).trim();
  return `${git('rev-parse', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '-dirty'}`;
}
