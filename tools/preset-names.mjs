import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const suites = join(import.meta.dirname, '..', 'libs', 'aws-emulator', 'test', 'stacks');

/** The presets, read from their end-to-end suites: one file each, which a test compares with the presets that there are. */
export const presetNames = readdirSync(suites).flatMap(
  (file) => /^(.+)\.e2e\.test\.ts$/.exec(file)?.[1] ?? [],
);
