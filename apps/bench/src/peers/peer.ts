import { Server as HttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { honoServer } from './hono-server.ts';
import { nodeHttpServer } from './node-http-server.ts';
import { socketServer } from './socket-server.ts';

const peers = {
  hono: honoServer,
  'node-http': nodeHttpServer,
  socket: socketServer,
} satisfies Record<string, () => Server>;

export type PeerName = keyof typeof peers;

const isPeer = (name: string): name is PeerName => Object.hasOwn(peers, name);

/** Longer than any pause of a benchmark: a proxy in front never meets a socket that is about to close. */
const keepAliveMs = 75_000;

/** Serves a peer on a free port of this machine until its standard input ends; prints `{"url"}` once it listens. */
export function servePeer(name: string): void {
  if (!isPeer(name)) {
    process.stderr.write(`--peer: got "${name}"; allowed: ${Object.keys(peers).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const server: Server = peers[name]();
  if (server instanceof HttpServer) server.keepAliveTimeout = keepAliveMs;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
  });
  const stop = (): void => process.exit(0);
  process.stdin.on('end', stop).on('error', stop).resume();
}
