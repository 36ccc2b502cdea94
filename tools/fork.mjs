// Keeps the move to cdktn, the fork of cdktf, open: synthesises every preset with cdktf, and with the fork in its place as
// docs/decisions/0001 says, and compares what they wrote. `npm run fork`; --help tells more.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { writeWhole } from '../libs/process/src/files/write-whole.mjs';
import { bundleFile, ensureBundles } from './bundle.mjs';
import { presetNames } from './preset-names.mjs';
import { readOptions } from './read-options.mjs';

const record = 'docs/decisions/0001-cdktf-in-two-folders.md';
const help = `Usage: npm run fork [-- [--install | --package FOLDER] [--preset NAME]…]

Synthesises presets with cdktf, and with its fork cdktn in the place of cdktf. Fails where the stacks differ in
more than versions. Deploys nothing.

  --install  install each block of lines of ${record} into a folder of its own,
             with an AWS provider of up to 0.5 GB, instead of linking the cdktn that is installed
  --package  folder of another cdktn to link
  --preset   only this one; may be repeated (default: all)
  --help     show this
  --version  show the version

Exit codes: 0 equal but for versions, 1 different, or not synthesised, 2 refused.
`;
const options = readOptions({
  command: 'fork',
  options: {
    install: { type: 'boolean', default: false },
    package: { type: 'string' },
    preset: { type: 'string', multiple: true, default: presetNames, choices: presetNames },
  },
  help,
});
const workspace = join(import.meta.dirname, '..');
const packages = ['cdktf', '@cdktf/provider-aws', 'constructs'];
const longestList = 20;
const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const stop = new AbortController();
const run = (program, args, settings) =>
  promisify(execFile)(program, args, { ...settings, signal: stop.signal });
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());

const folder = mkdtempSync(join(tmpdir(), 'tideline-fork-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
try {
  await ensureBundles(['stacks', 'apps/release-hook']);
  const moves = options.install ? installedMoves() : [linkedMove()];
  const [expected, ...results] = await Promise.all([
    synthesise(bundleFile('stacks'), join(folder, 'cdktf')),
    ...moves.map(async (move) => synthesise(...(await move))),
  ]);
  for (const { named, files } of results) {
    const found = differences('', expected.files, files);
    if (found.length > 0)
      throw new Error(
        [`${named} writes other stacks than ${expected.named}:`, ...found.slice(0, longestList)].join('\n  '),
      );
    const stacks = Object.keys(files).filter((path) => path.endsWith('cdk.tf.json')).length;
    console.log(`${named}: the same ${stacks} stacks of ${options.preset.join(', ')} as ${expected.named}`);
  }
} catch (error) {
  // What else runs ends first; then the folder goes.
  stop.abort();
  console.error(`fork: ${error.stderr || error.message}`.trimEnd());
  process.exitCode = 1;
}

/** The blocks of lines that the record adds to package.json, one for each way to move. */
function recordedMoves() {
  const text = readFileSync(join(workspace, record), 'utf8');
  return [...text.matchAll(/^```json\n(.*?)^```/gms)].map(([, lines]) => JSON.parse(lines));
}

/** The packages as npm would lay them out, by links: the fork under the name of cdktf, beside the provider. */
function linkedMove() {
  const [{ devDependencies }] = recordedMoves();
  const [name, version] = devDependencies.cdktf.replace('npm:', '').split('@');
  const fork = resolve(options.package ?? join(workspace, 'node_modules', name));
  const installed = readJson(fork, 'package.json').version;
  if (options.package === undefined && installed !== version)
    throw new Error(
      `${record} moves to ${name} ${version}, but ${installed} is installed: change one of them`,
    );
  const modules = join(folder, 'linked', 'node_modules');
  mkdirSync(join(modules, '@cdktf'), { recursive: true });
  for (const wanted of packages)
    symlinkSync(
      wanted === 'cdktf' ? fork : join(workspace, 'node_modules', wanted),
      join(modules, wanted),
      'junction',
    );
  return placed(join(folder, 'linked'));
}

/** The packages as npm does lay them out. */
function installedMoves() {
  const { dependencies } = readJson(workspace, 'stacks', 'package.json');
  const today = Object.fromEntries(packages.map((name) => [name, dependencies[name]]));
  return recordedMoves().map(async ({ devDependencies, ...lines }, index) => {
    const into = join(folder, `installed-${index}`);
    mkdirSync(into);
    const manifest = { private: true, devDependencies: { ...today, ...devDependencies }, ...lines };
    writeWhole(join(into, 'package.json'), JSON.stringify(manifest));
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', args, { cwd: into, shell: process.platform === 'win32' });
    return placed(into);
  });
}

/** Puts the bundled stacks, and the function that they upload, beside packages, which Node then finds there. */
function placed(into) {
  const program = join(into, 'stacks', 'main.mjs');
  const hook = join(into, 'apps', 'release-hook', 'main.zip');
  for (const file of [program, hook]) mkdirSync(dirname(file), { recursive: true });
  writeWhole(program, readFileSync(bundleFile('stacks')));
  writeWhole(hook, readFileSync(join(dirname(bundleFile('apps/release-hook')), 'main.zip')));
  return [program, join(into, 'out')];
}

/** Runs the bundled stacks for each preset. @returns the files that they wrote, and the packages that they found */
async function synthesise(program, out) {
  mkdirSync(out);
  const all = options.preset.map(
    (preset) => `
      Object.assign(process.env, { TIDELINE_PRESET: '${preset}', CDKTF_OUTDIR: ${JSON.stringify(join(out, preset))} });
      await import('${pathToFileURL(program)}?${preset}');`,
  );
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TIDELINE_|CDKTF_|AWS_)/.test(name));
  // A link counts as the place where it is: the provider finds the cdktf beside it, not the one beside its own files.
  const args = ['--preserve-symlinks', '--input-type=module', '--eval', all.join('\n')];
  await run(process.execPath, args, {
    cwd: workspace,
    env: { ...Object.fromEntries(inherited), AWS_ACCOUNT_ID: '123456789012' },
  });
  const modules = program === bundleFile('stacks') ? workspace : join(program, '..', '..');
  const manifests = packages.map((name) => readJson(modules, 'node_modules', name, 'package.json'));
  return {
    named: manifests.map(({ name, version }) => `${name} ${version}`).join(', '),
    files: Object.fromEntries(
      readdirSync(out, { recursive: true })
        .filter((path) => path.endsWith('.json'))
        .map((path) => [path, withoutVersions(readJson(out, path))]),
    ),
  };
}

/** A synthesised file but for the versions of CDKTF and of providers. `aws` is Terraform’s short form of `hashicorp/aws`. */
function withoutVersions(file) {
  delete file.version;
  delete file['//']?.metadata.version;
  for (const provider of Object.values(file.terraform?.required_providers ?? {})) {
    delete provider.version;
    provider.source = provider.source.replace(/^hashicorp\//, '');
  }
  return file;
}

/** Where two values differ, a line each. */
function differences(path, cdktf, fork) {
  if (isDeepStrictEqual(cdktf, fork)) return [];
  const isNested = [cdktf, fork].every((value) => typeof value === 'object' && value !== null);
  if (!isNested) return [`${path}: ${JSON.stringify(cdktf)}, with the fork ${JSON.stringify(fork)}`];
  const keys = new Set([...Object.keys(cdktf), ...Object.keys(fork)]);
  return [...keys].flatMap((key) => differences(path === '' ? key : `${path} ${key}`, cdktf[key], fork[key]));
}
