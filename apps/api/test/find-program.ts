import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';

/** How to get each program, in the words of a skipped suite’s title. */
const installations = {
  'redis-server': 'install Redis 6.2 or newer, such as: apt-get install redis-server',
  'valkey-server': 'install Valkey, such as: apt-get install valkey-server',
  openssl: 'install OpenSSL, such as: apt-get install openssl',
  moto_server: 'run: pip install -r tools/requirements.txt',
  chromium: 'install Chromium, such as: apt-get install chromium; or name its file in CHROMIUM',
} as const;

/** What else a program is called. */
const otherNames: Partial<Readonly<Record<Program, readonly string[]>>> = {
  chromium: ['chromium-browser', 'google-chrome'],
};

export type Program = keyof typeof installations;

/** The file of a program, by the variable of its name in capitals or on PATH; undefined when it is missing. */
function findProgram(name: Program): string | undefined {
  const named = process.env[name.toUpperCase()] ?? '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = [name, ...(otherNames[name] ?? [])].flatMap((known) =>
    folders.map((folder) => join(folder, known)),
  );
  return (named === '' ? onPath : [named]).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A suite that needs a program: without it, skipped under a title that says how to get it. */
export function describeWith(name: Program, title: string, suite: (file: string) => void): void {
  const file = findProgram(name);
  if (file !== undefined) describe(title, () => suite(file));
  else describe.skip(`${title} (${name} is missing; ${installations[name]})`, () => suite(name));
}

/** A suite of whatever a session store is at AWS: for each server of the protocol that is found, and skipped where none is. */
export function describeWithStoreServers(title: string, suite: (file: string) => void): void {
  const found = (['redis-server', 'valkey-server'] as const).filter(
    (name) => findProgram(name) !== undefined,
  );
  for (const name of found.length === 0 ? (['redis-server'] as const) : found)
    describeWith(name, `${title}, ${name}`, suite);
}
