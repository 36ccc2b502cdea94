import { balancer } from './cli/balancer.ts';
import { findBundles } from './cli/bundles.ts';
import { createProgram } from './cli/program.ts';
import { release } from './cli/release.ts';
import { reportFailure } from './cli/report-failure.ts';
import { run } from './cli/run.ts';
import { up } from './cli/up.ts';

const program = createProgram({
  up: (options) => up(options, findBundles(import.meta.url)),
  run: (options) => run(options, findBundles(import.meta.url)),
  release: (options) => release(options, findBundles(import.meta.url)),
  balancer,
});

try {
  process.exitCode = await program.run(process.argv);
} catch (error) {
  process.exitCode = reportFailure(error, process.stderr);
}
