import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { GuardedProcess } from './guarded-process.ts';

/** A real Redis on 127.0.0.1 that writes each change to its append-only file before it answers. */
export class RedisServer {
  readonly url: string;
  readonly port: number;
  readonly #command: readonly string[];
  readonly #folder: string;
  #process: GuardedProcess | undefined;

  private constructor(file: string, { folder, port }: { readonly folder: string; readonly port: number }) {
    this.#folder = folder;
    this.port = port;
    this.url = `redis://127.0.0.1:${port}`;
    const settings = { bind: '127.0.0.1', dir: folder, appendonly: 'yes', appendfsync: 'always', save: '' };
    this.#command = [
      file,
      '--port',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    ];
  }

  static async start(file: string): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'tideline-redis-'));
    const server = new RedisServer(file, { folder, port: await freePort() });
    await server.start();
    return server;
  }

  /** Starts it again, on the same port with the same data. */
  async start(): Promise<void> {
    this.#process = new GuardedProcess(this.#command);
    await this.#process.written(/Ready to accept connections/);
  }

  /** Makes it a replica while it runs, as a primary that was replaced is one when it is back. */
  async follow(primary: RedisServer): Promise<void> {
    const client = await createClient({ url: this.url }).connect();
    await client.sendCommand(['REPLICAOF', '127.0.0.1', String(primary.port)]);
    client.destroy();
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
    this.#process = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Redis takes port 0 for none, so the port is chosen here. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
