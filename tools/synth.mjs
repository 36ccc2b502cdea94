// Synthesises the stacks of an environment into cdktf.out, and lists them: `npm run synth -- --preset NAME`. --help tells more.
// `npx cdktf synth` starts the same program; this one writes nothing again while nothing has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from '../libs/process/src/files/write-whole.mjs';
import { bundleFile, isUpToDate } from './bundle.mjs';
import { readOptions } from './read-options.mjs';

const help = `Usage: npm run synth -- [--preset NAME] [--config FILE] [--set KEY=VALUE]…

Writes the stacks of a preset into cdktf.out, and lists them in the order of deployment. Deploys nothing.
Without AWS_ACCOUNT_ID the names carry a placeholder account.

  --preset   preset to start from (default: TIDELINE_PRESET, else the one of the file, else load-driven)
  --config   JSON, YAML, JavaScript or TypeScript file laid over it (default: TIDELINE_CONFIG; without that and a preset,
             tideline.config.* of the working directory)
  --set      change one setting, such as capacity.max=8; may be repeated
  --help     show this
  --version  show the version

Exit codes: 0 written, 1 failed, 2 refused, 3 a file could not be written.
`;
const { preset, config, set } = readOptions({
  command: 'synth',
  options: {
    preset: { type: 'string', default: process.env.TIDELINE_PRESET ?? '' },
    config: { type: 'string', default: process.env.TIDELINE_CONFIG ?? '' },
    set: { type: 'string', multiple: true, default: [] },
  },
  help,
});
const out = process.env.CDKTF_OUTDIR ?? 'cdktf.out';
const recordFile = join(import.meta.dirname, '..', 'dist', 'synth.json');

if (!isUpToDate('stacks') || !isUpToDate('apps/release-hook') || !isSynthesised()) {
  const chosen = [
    ...(preset === '' ? [] : ['--preset', preset]),
    ...(config === '' ? [] : ['--config', config]),
    ...set.flatMap((item) => ['--set', item]),
  ];
  process.argv.splice(2, process.argv.length, 'stacks', ...chosen);
  await import('./run.mjs');
  if (process.exitCode !== undefined) process.exit();
  mkdirSync(dirname(recordFile), { recursive: true });
  writeWhole(recordFile, JSON.stringify(recordOf()));
}
showStacks();
if ((process.env.AWS_ACCOUNT_ID ?? '') === '')
  console.log('AWS_ACCOUNT_ID is not set: names carry the placeholder account 000000000000.');

function isSynthesised() {
  // A script may import further files.
  if (config !== '' && !config.endsWith('.json')) return false;
  const described = preset === '' && config === '';
  if (described && readdirSync('.').some((name) => name.startsWith('tideline.config.'))) return false;
  try {
    return readFileSync(recordFile, 'utf8') === JSON.stringify(recordOf());
  } catch {
    return false;
  }
}

/** What a synthesis depends on, and what it wrote. */
function recordOf() {
  const variables = Object.entries(process.env)
    .filter(([name]) =>
      /^(TIDELINE_|CDKTF_|SYNTH_|AWS_ACCOUNT_ID$|AWS_ENDPOINT_URL$|GITHUB_REPOSITORY)/.test(name),
    )
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const written = [join(out, 'manifest.json'), ...stacks().map(({ file }) => file)];
  return {
    ...{ preset, config, set, out, variables },
    configuration: existsSync(config)
      ? createHash('sha256').update(readFileSync(config)).digest('base64url')
      : '',
    files: Object.fromEntries(
      [bundleFile('stacks'), bundleFile('apps/release-hook'), ...written].map((file) => [
        file,
        statSync(file).mtimeMs,
      ]),
    ),
  };
}

function stacks() {
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  return Object.values(manifest.stacks).map(({ name, dependencies, synthesizedStackPath }) => ({
    name,
    dependencies,
    file: join(out, synthesizedStackPath),
  }));
}

function showStacks() {
  console.log(`${preset === '' ? 'The stacks' : preset}, in the order of deployment:`);
  for (const { name, dependencies, file } of inOrder(stacks())) {
    const after = dependencies.length === 0 ? '' : `  after ${dependencies.join(', ')}`;
    console.log(`  ${name.padEnd(14)} ${file}${after}`);
  }
}

/** Each after those that it depends on. The state depends on nothing in the manifest, and everything on it. */
function inOrder(all) {
  const ordered = new Set(all.filter(({ name }) => name === 'state'));
  const add = (stack) => {
    for (const name of stack.dependencies) add(all.find((other) => other.name === name));
    ordered.add(stack);
  };
  all.forEach(add);
  return [...ordered];
}
