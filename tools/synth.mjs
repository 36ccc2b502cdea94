// Synthesises the stacks of a preset into cdktf.out, and shows them: `npm run synth -- --preset NAME [--config FILE]`.
// Nx restores the result while nothing that it depends on has changed. `npx cdktf synth` does the same without a cache.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readOptions } from './read-options.mjs';

const workspace = join(import.meta.dirname, '..');
/** Stands for the account where none is named: names are made of it, and nothing is deployed from here. */
const anyAccount = '000000000000';
const help = `Usage: npm run synth -- [--preset NAME] [--config FILE]

Writes the stacks of a preset into cdktf.out, and lists them in the order of deployment. Deploys nothing.

  --preset  preset to start from (default: TIDELINE_PRESET, else load-driven)
  --config  JSON, JavaScript or TypeScript file laid over it (default: TIDELINE_CONFIG)
  --help    show this

Exit codes: 0 written, 1 not written, 2 refused.
`;
const options = readOptions({
  command: 'synth',
  options: { preset: { type: 'string' }, config: { type: 'string' } },
  help,
});
const namesAccount = (process.env.AWS_ACCOUNT_ID ?? '') !== '';
const env = {
  ...process.env,
  ...(namesAccount ? {} : { AWS_ACCOUNT_ID: anyAccount }),
  NX_DAEMON: 'false',
  // Nx’s own plugins are the only ones here: a process for each would take longer than restoring the result does.
  NX_ISOLATE_PLUGINS: 'false',
  ...(options.preset === undefined ? {} : { TIDELINE_PRESET: options.preset }),
  ...(options.config === undefined ? {} : { TIDELINE_CONFIG: options.config }),
};
const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [nx, 'run', '@tideline/stacks:synth', '--output-style=static'],
  { cwd: workspace, env, encoding: 'utf8' },
);
if (status !== 0) {
  const output = `${stdout}${stderr}`;
  process.stderr.write(reason(output));
  process.exit(isRefusal(output) ? 2 : (status ?? 1));
}
showStacks(env.TIDELINE_PRESET ?? 'load-driven');
if (!namesAccount) console.log(`For account ${anyAccount}, since AWS_ACCOUNT_ID is not set.`);

/** Nx exits with 1 whatever the synthesis exits with. */
function isRefusal(output) {
  return /^TL-(CONFIG|DEPLOY)-/m.test(output);
}

/** The lines that carry a code of ours, without what Nx says around them; all of them when there is none. */
function reason(output) {
  const lines = output.split('\n').filter((line) => /^TL-[A-Z-]+ /.test(line));
  return lines.length === 0 ? output : `${lines.join('\n')}\n`;
}

function showStacks(preset) {
  const manifest = JSON.parse(readFileSync(join(workspace, 'cdktf.out', 'manifest.json'), 'utf8'));
  console.log(`${preset}, in the order of deployment:`);
  for (const { name, dependencies, synthesizedStackPath } of inOrder(Object.values(manifest.stacks))) {
    const after = dependencies.length === 0 ? '' : `  after ${dependencies.join(', ')}`;
    console.log(`  ${name.padEnd(14)} ${join('cdktf.out', synthesizedStackPath)}${after}`);
  }
}

/** Each after those that it depends on. The state depends on nothing in the manifest, and everything on it. */
function inOrder(stacks) {
  const ordered = new Set(stacks.filter(({ name }) => name === 'state'));
  const add = (stack) => {
    for (const name of stack.dependencies) add(stacks.find((other) => other.name === name));
    ordered.add(stack);
  };
  stacks.forEach(add);
  return [...ordered];
}
