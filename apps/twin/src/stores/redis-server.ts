import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { endWithUs } from '@tideline/process';
import { type SessionStore, SessionStoreError } from './session-store.ts';

type Server = ChildProcessByStdio<Writable, Readable, Readable>;

/** Wall time within which the server must accept connections, and end when asked to. */
const startTimeoutMs = 10_000;
const stopTimeoutMs = 5000;
/** Lines of its output that are kept to explain a failed start. */
const keptLines = 5;

interface RedisServerOptions {
  readonly file: string;
  readonly folder: string;
  readonly port: number;
  readonly version: string;
}

/**
 * A redis-server or valkey-server of the twin’s own: on the loopback interface, with a password, its data in `folder`. It writes every
 * change to an append-only file, flushed each second: as the replica at AWS does, that file keeps what was acknowledged
 * when the server is lost, but for the last moment.
 */
export class RedisServer implements SessionStore {
  readonly variables: SessionStore['variables'];
  readonly #options: RedisServerOptions;
  readonly #password = randomBytes(24).toString('hex');
  #server: Server | undefined;

  private constructor(options: RedisServerOptions) {
    this.#options = options;
    this.variables = {
      SESSION_STORE: 'redis',
      REDIS_URL: `redis://127.0.0.1:${options.port}`,
      REDIS_AUTH_TOKEN: this.#password,
    };
  }

  /** @throws SessionStoreError when it does not accept connections */
  static async open(options: { readonly file: string; readonly folder: string }): Promise<RedisServer> {
    const server = new RedisServer({
      ...options,
      version: await versionOf(options.file),
      port: await freePort(),
    });
    await server.start();
    return server;
  }

  describe(): ReturnType<SessionStore['describe']> {
    return {
      kind: 'redis',
      description: `${this.#name} ${this.#options.version} on this machine`,
      running: this.#server !== undefined,
    };
  }

  async start(): Promise<void> {
    if (this.#server !== undefined) throw new SessionStoreError(`${this.#name} is running already`);
    // The configuration comes on standard input: the password is on no command line and in no file.
    const server = spawn(this.#options.file, ['-'], {
      cwd: this.#options.folder,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#server = server;
    endWithUs(server, 0);
    server.once('exit', () => {
      if (this.#server === server) this.#server = undefined;
    });
    server.stdin.on('error', () => undefined); // it has ended: `untilReady` says so
    server.stdin.end(this.#configuration());
    await untilReady(server, this.#name);
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) throw new SessionStoreError(`${this.#name} is stopped already`);
    this.#server = undefined;
    await end(server);
  }

  async close(): Promise<void> {
    if (this.#server !== undefined) await this.stop();
  }

  kill(): void {
    this.#server?.kill('SIGKILL');
  }

  /** What the program is called. */
  get #name(): string {
    return basename(this.#options.file);
  }

  #configuration(): string {
    return [
      'bind 127.0.0.1',
      `port ${this.#options.port}`,
      `requirepass ${this.#password}`,
      `dir ${JSON.stringify(this.#options.folder)}`,
      'appendonly yes',
      'appendfsync everysec',
      'save ""',
      'daemonize no',
      'maxmemory-policy noeviction',
      '',
    ].join('\n');
  }
}

/** Resolves when the server says that it accepts connections. */
function untilReady(server: Server, name: string): Promise<void> {
  const said: string[] = [];
  const keep = (line: string): void => {
    said.push(line.trim());
    if (said.length > keptLines) said.shift();
  };
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      server.kill('SIGKILL');
      reject(
        new SessionStoreError(
          `${name} ${what}: ${said.join(' | ') || 'it said nothing'}. Mend it, or take it off the PATH to use the embedded store`,
        ),
      );
    };
    const timer = setTimeout(() => fail(`did not start within ${startTimeoutMs / 1000} s`), startTimeoutMs);
    server.once('error', (error) => fail(`could not be started (${error.message})`));
    server.once('close', (code) => {
      clearTimeout(timer);
      fail(`ended at once (exit code ${code ?? 'none'})`);
    });
    createInterface(server.stdout).on('line', (line) => {
      keep(line);
      if (!/ready to accept connections/i.test(line)) return;
      clearTimeout(timer);
      resolve();
    });
    createInterface(server.stderr).on('line', keep);
  });
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const killer = setTimeout(() => server.kill('SIGKILL'), stopTimeoutMs);
    server.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    server.kill('SIGTERM');
  });
}

async function versionOf(file: string): Promise<string> {
  const { stdout } = await promisify(execFile)(file, ['--version']).catch((error: unknown) => {
    throw new SessionStoreError(`${file} --version failed: ${String(error)}`, { cause: error });
  });
  return /v=(\S+)/.exec(stdout)?.[1] ?? 'of unknown version';
}

/** A port of the loopback interface that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
