import { runProgram } from '@tideline/process';
import { balancer } from './cli/balancer.ts';
import { twinProgram } from './cli/program.ts';
import { release } from './cli/release.ts';
import { run } from './cli/run.ts';
import { up } from './cli/up.ts';

const ownBundleUrl = import.meta.url;
const program = twinProgram({
  up: (options) => up(options, ownBundleUrl),
  run: (options) => run(options, ownBundleUrl),
  release: (options) => release(options, ownBundleUrl),
  balancer,
});
process.exitCode = await runProgram(program, process);
