import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@tideline/config';
import type { StoresObservation } from '@tideline/evidence';
import { findExecutable } from '@tideline/process';
import { RedisServer } from './redis-server.ts';
import { type SessionStore, embeddedStore, noSessionStore } from './session-store.ts';

/** The stores of one run, on this machine. Their folder is theirs alone, and goes with them. */
export interface OpenStores {
  readonly sessions: SessionStore;
  /** Environment variables of every task or instance: where the stores are, and the key that signs session cookies. */
  readonly variables: Readonly<Record<string, string>>;
  describe(): StoresObservation;
  close(): Promise<void>;
  /** Ends everything at once, when nothing can be awaited any more. */
  kill(): void;
}

/** Servers that speak the store’s protocol, the description’s own first: what holds of one holds of the other. */
const servers = {
  redis: ['redis-server', 'valkey-server'],
  valkey: ['valkey-server', 'redis-server'],
} as const;

const bytesPerMiB = 1024 * 1024;

/**
 * Opens what the environment keeps outside its tasks: sessions in a redis-server or valkey-server of the twin’s own where one
 * is on the path, else in an embedded store; files in a folder.
 * @throws SessionStoreError when a server is there but does not start
 */
export async function openStores(
  environment: Pick<Environment, 'sessions' | 'files'>,
  path = process.env.PATH ?? '',
): Promise<OpenStores> {
  const keeps = environment.sessions.store !== 'none' || environment.files.store !== 'none';
  const folder = keeps ? await mkdtemp(join(tmpdir(), 'tideline-stores-')) : null;
  const remove = async (): Promise<void> => {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  };
  try {
    const sessions = folder === null ? noSessionStore : await openSessions(environment, { folder, path });
    const files = folder === null ? noFiles : await openFiles(environment, folder);
    return {
      sessions,
      variables: { ...sessionVariables(environment, sessions), ...files.variables },
      describe: () => ({ sessions: sessions.describe(), files: files.description }),
      close: async () => {
        await sessions.close();
        await remove();
      },
      kill: () => {
        sessions.kill();
        if (folder !== null) rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function openSessions(
  { sessions }: Pick<Environment, 'sessions'>,
  { folder, path }: { readonly folder: string; readonly path: string },
): Promise<SessionStore> {
  if (sessions.store === 'none') return noSessionStore;
  const data = join(folder, 'sessions');
  await mkdir(data);
  const [file] = servers[sessions.engine].flatMap((name) => findExecutable(name, path) ?? []);
  return file === undefined
    ? embeddedStore(data, 'embedded (no redis-server or valkey-server on the PATH)')
    : RedisServer.open({ file, folder: data });
}

/**
 * Longest wait for the session store, milliseconds of wall time. On the twin the store shares its cores with the tasks and
 * the load: a wait says something of this machine, and nothing of a store on hosts of its own. One that is away is still
 * refused at once.
 */
const sessionTimeoutMs = 10_000;

/** Sessions last as long as the description says, in wall time: cookies and processes live in it. */
const sessionVariables = (
  { sessions }: Pick<Environment, 'sessions'>,
  store: SessionStore,
): Readonly<Record<string, string>> =>
  sessions.store === 'none'
    ? store.variables
    : {
        ...store.variables,
        SESSION_KEYS: randomBytes(32).toString('hex'),
        SESSION_IDLE_SECONDS: String(sessions.idleSeconds),
        SESSION_TIMEOUT_MILLISECONDS: String(sessionTimeoutMs),
      };

interface Files {
  readonly variables: Readonly<Record<string, string>>;
  readonly description: StoresObservation['files'];
}

const noFiles: Files = {
  variables: { FILE_STORE: 'none' },
  description: { kind: 'none', description: 'none' },
};

async function openFiles({ files }: Pick<Environment, 'files'>, folder: string): Promise<Files> {
  if (files.store === 'none') return noFiles;
  const data = join(folder, 'files');
  await mkdir(data);
  return {
    variables: {
      FILE_STORE: 'disk',
      FILES_FOLDER: data,
      MAX_FILE_BYTES: String(files.maximumFileMiB * bytesPerMiB),
    },
    description: { kind: 'disk', description: 'a folder on this machine' },
  };
}
