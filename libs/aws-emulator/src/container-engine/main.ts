import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendWhole } from '@tideline/process/files';
import { runEngineCommand } from './engine-command.ts';
import { pathWithout, runRealEngine } from './real-engine.ts';

/** The emulator’s `docker`: `main <its folder> <the emulator’s endpoint> <docker’s arguments …>`. */
const [folder = '', url = '', ...args] = process.argv.slice(2);
const file = join(folder, 'built-images');
const searchPath = pathWithout(folder, process.env.PATH ?? '');

// Whoever writes a password waits until it is read.
if (args.includes('--password-stdin')) process.stdin.resume();

const { exitCode, message } = await runEngineCommand(args, {
  build: (command) =>
    process.env.EMULATOR_IMAGES === 'recorded' ? Promise.resolve(null) : runRealEngine(command, searchPath),
  images: {
    add: (references) => {
      appendWhole(file, references.map((reference) => `${reference}\n`).join(''));
      return Promise.resolve();
    },
    has: async (reference) => (await readFile(file, 'utf8').catch(() => '')).split('\n').includes(reference),
  },
  request: (request) => fetch(request),
  url,
});
if (message !== '') process.stderr.write(`${message}\n`);
process.exitCode = exitCode;
