import { runProgram } from '@tideline/process';
import { twinProgram } from './cli/program.ts';

const ownBundleUrl = import.meta.url;
// On demand: help and a refused option need none of what a command runs.
const program = twinProgram({
  up: async (options) => (await import('./cli/up.ts')).up(options, ownBundleUrl),
  run: async (options) => (await import('./cli/run.ts')).run(options, ownBundleUrl),
  release: async (options) => (await import('./cli/release.ts')).release(options, ownBundleUrl),
  balancer: async (options) => (await import('./cli/balancer.ts')).balancer(options),
});
process.exitCode = await runProgram(program, process);
