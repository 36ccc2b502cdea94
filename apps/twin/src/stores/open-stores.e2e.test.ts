import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { findExecutable } from '@tideline/process';
import { type OpenStores, openStores } from './open-stores.ts';

const path = process.env.PATH ?? '';
const server = findExecutable('redis-server', path) ?? findExecutable('valkey-server', path);
/** Skipped where this machine has no server of the protocol: each stands here for the other one, by its name. */
const suite = server === undefined ? describe.skip : describe;

suite('the server of the session store', () => {
  let folder: string;
  let stores: OpenStores | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tideline-servers-'));
  });
  afterEach(async () => {
    await stores?.close();
    stores = undefined;
    await rm(folder, { recursive: true });
  });

  const opened = async (engine: 'redis' | 'valkey', found: readonly string[]): Promise<string> => {
    for (const name of found) await symlink(server ?? '', join(folder, name));
    const preset = presetInput('stateless-asg');
    const environment = resolveEnvironment({ ...preset, sessions: { ...preset.sessions, engine } });
    stores = await openStores(environment, folder);
    return stores.describe().sessions.description;
  };

  test.each([
    ['redis', ['redis-server', 'valkey-server'], /^redis-server \d/],
    ['valkey', ['redis-server', 'valkey-server'], /^valkey-server \d/],
    ['valkey', ['redis-server'], /^redis-server \d/],
    ['redis', ['valkey-server'], /^valkey-server \d/],
    ['valkey', [], /^embedded \(no redis-server or valkey-server/],
  ] as const)('is, for %s with %j on the PATH, what it says', async (engine, found, said) => {
    expect(await opened(engine, found)).toMatch(said);
  });

  test('is waited for ten times as long as on AWS: it shares its cores with the tasks and the load', async () => {
    await opened('redis', ['redis-server']);
    expect(stores?.variables).toMatchObject({ SESSION_TIMEOUT_MILLISECONDS: '10000' });
  });
});
