import { type AddressInfo, type Server, createServer as createSocketServer } from 'node:net';
import { Server as HttpServer, createServer as createHttpServer } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { greeting } from './greeting.ts';

/** Hono with one JSON route and nothing else. */
function honoServer(): HttpServer {
  const app = new Hono();
  app.get('/', (context) => context.json(greeting()));
  return createAdaptorServer({ fetch: app.fetch }) as HttpServer;
}

/** Node’s own HTTP server with one JSON route and nothing else. */
const nodeHttpServer = (): HttpServer =>
  createHttpServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/') {
      response.writeHead(404).end();
      return;
    }
    const body = JSON.stringify(greeting());
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });

const endOfHead = '\r\n\r\n';

/**
 * Answers every request head with the same bytes, several times faster than an HTTP server on Node: two load
 * generators that are compared at it are each at their own limit, not at the server’s. Good for GET only.
 */
function socketServer(): Server {
  const body = JSON.stringify(greeting());
  const head = ['HTTP/1.1 200 OK', 'content-type: application/json', `content-length: ${body.length}`];
  const answer = `${head.join('\r\n')}${endOfHead}${body}`;
  return createSocketServer({ noDelay: true }, (socket) => {
    let rest = '';
    socket.setEncoding('latin1');
    socket.on('error', () => undefined); // a load generator hangs up without ceremony
    socket.on('data', (text: string) => {
      const heads = (rest + text).split(endOfHead);
      rest = heads.pop() ?? '';
      if (heads.length > 0) socket.write(answer.repeat(heads.length));
    });
  });
}

const peers = {
  hono: honoServer,
  'node-http': nodeHttpServer,
  socket: socketServer,
  // On demand: each is more than all the rest, and only one is served.
  fastify: async () => (await import('./fastify-server.ts')).fastifyServer(),
  express: async () => (await import('./express-server.ts')).expressServer(),
  otlp: async () => (await import('./otlp-server.ts')).otlpServer(),
  'hono-otel': async (collector: string) => (await import('./hono-otel-server.ts')).honoOtelServer(collector),
} satisfies Record<string, (collector: string) => Server | Promise<Server>>;

export type PeerName = keyof typeof peers;

const isPeer = (name: string): name is PeerName => Object.hasOwn(peers, name);

/** Longer than any pause of a benchmark: a proxy in front never meets a socket that is about to close. */
const keepAliveMs = 75_000;

/** Serves a peer on a free port of this machine until its standard input ends; prints `{"url"}` once it listens. @param collector of a peer that is traced */
export async function servePeer(name: string, collector: string): Promise<void> {
  if (!isPeer(name)) {
    process.stderr.write(`--peer: got "${name}"; allowed: ${Object.keys(peers).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const server: Server = await peers[name](collector);
  if (server instanceof HttpServer) server.keepAliveTimeout = keepAliveMs;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
  });
  const stop = (): void => process.exit(0);
  process.stdin.on('end', stop).on('error', stop).resume();
}
