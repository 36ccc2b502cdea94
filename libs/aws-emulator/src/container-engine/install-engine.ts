import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { writeWhole } from '@tideline/process';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Puts the emulator’s `docker` into a folder, for the front of a search path.
 *
 * @param folder is made; its parent must exist
 * @param url the emulator’s endpoint, which alone it pushes to
 */
export async function installEngine(folder: string, url: string): Promise<void> {
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const program = join(import.meta.dirname, 'main.ts');
  const command = [process.execPath, '--import', tsx, program, folder, url].map(quoted).join(' ');
  await mkdir(folder);
  writeWhole(join(folder, 'docker'), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
}
