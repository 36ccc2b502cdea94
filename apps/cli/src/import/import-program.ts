import type { Program } from '@tideline/process';
import { importCommand } from './import-command.ts';

/** `tideline import` as a program of its own. */
export const importProgram: Program = {
  name: 'import',
  description:
    'Makes a description of a service that something else describes, and lists everything that was not carried over, and why. Asks AWS nothing, and replaces no file.',
  scripts: ['import'],
  define: importCommand,
};
