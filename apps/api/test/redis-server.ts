import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { GuardedProcess } from './guarded-process.ts';

/** How clients have to come. */
interface RedisAccess {
  /** @default none */
  readonly password?: string;
  /** Files of a certificate for `localhost` and of its key. @default without TLS */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** A real Redis on 127.0.0.1 that writes each change to its append-only file before it answers. */
export class RedisServer {
  readonly url: string;
  readonly port: number;
  readonly #command: readonly string[];
  readonly #folder: string;
  #process: GuardedProcess | undefined;

  private constructor(
    file: string,
    { password, tls }: RedisAccess,
    { folder, port }: { readonly folder: string; readonly port: number },
  ) {
    this.#folder = folder;
    this.port = port;
    this.url = tls === undefined ? `redis://127.0.0.1:${port}` : `rediss://localhost:${port}`;
    const settings = {
      bind: '127.0.0.1',
      dir: folder,
      appendonly: 'yes',
      appendfsync: 'always',
      save: '',
      ...(tls === undefined ? { port: String(port) } : tlsSettings(tls, port)),
      ...(password === undefined ? {} : { requirepass: password }),
    };
    this.#command = [file, ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])];
  }

  static async start(file: string, access: RedisAccess = {}): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'tideline-redis-'));
    const server = new RedisServer(file, access, { folder, port: await freePort() });
    await server.start();
    return server;
  }

  /** Starts it again, on the same port with the same data. */
  async start(): Promise<void> {
    this.#process = new GuardedProcess(this.#command);
    await this.#process.written(/Ready to accept connections/);
  }

  /** Has a client of its own send a command. @throws Error what the server answers with an error */
  async send(...command: readonly string[]): Promise<void> {
    const client = await createClient({ url: this.url }).connect();
    await client.sendCommand(command).finally(() => client.destroy());
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

const tlsSettings = ({ certificate, key }: NonNullable<RedisAccess['tls']>, port: number) => ({
  port: '0',
  'tls-port': String(port),
  'tls-cert-file': certificate,
  'tls-key-file': key,
  'tls-auth-clients': 'no',
});

/** Redis takes port 0 for none, so the port is chosen here. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
