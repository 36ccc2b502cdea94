// Starts an app from its bundle: `node tools/run.mjs apps/twin up --speed 20`. Builds the bundle first where it is missing or
// older than its sources, and those of the apps that it starts (`"bundles"` in its package.json). The app runs in this
// process: signals, exit code, terminal and standard input are its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { notWritten, writeErrorOf } from '../libs/process/src/files/write-error.mjs';
import { bundleFile, ensureBundles } from './bundle.mjs';

const [projectRoot, ...args] = process.argv.slice(2);
const manifest = join(import.meta.dirname, '..', projectRoot, 'package.json');
const { bundles = [] } = JSON.parse(readFileSync(manifest, 'utf8'));
try {
  await ensureBundles([projectRoot, ...bundles]);
} catch (error) {
  const failure = writeErrorOf(error);
  if (failure !== undefined) {
    console.error(failure.message);
    process.exit(notWritten);
  }
  // esbuild has printed its own errors by now, each with its place.
  if (error.errors === undefined) throw error;
  process.exit(1);
}
const program = bundleFile(projectRoot);
process.argv.splice(1, process.argv.length, program, ...args);
await import(pathToFileURL(program));
