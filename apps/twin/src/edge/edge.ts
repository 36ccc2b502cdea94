import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  createServer,
  request as httpRequest,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Environment, originHeader } from '@tideline/config';
import { listenError } from '../balancer/listen-error.ts';
import type { Clock } from '../clock/clock.ts';
import type { AddressRateLimit } from './address-rate-limit.ts';
import { EdgeCache, type KeptAnswer } from './edge-cache.ts';
import { blockedPage } from './firewall.ts';

export interface EdgeOptions {
  readonly cdn: Pick<Environment['cdn'], 'cachedPaths'>;
  readonly basePath: string;
  /** What the balancer wants to see. */
  readonly secret: string;
  /** The web ACL’s; undefined where there is no firewall. */
  readonly limit: AddressRateLimit | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Fields of one connection, which the other one does not get (RFC 9110, 7.6.1). */
const ofConnection = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade'];
/** How long a client’s connection may be idle, as at CloudFront. */
const keepAliveMs = 600_000;

/**
 * CloudFront in front of the balancer, in this process: its firewall by the address of the client, answers kept by path, the
 * client’s address appended to X-Forwarded-For, and the secret header in place of whatever the client sent by that name. It
 * passes no change of protocols on, and compresses nothing.
 */
export class Edge {
  readonly #options: EdgeOptions;
  readonly #cache: EdgeCache;
  readonly #cached: readonly RegExp[];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server = createServer({ keepAliveTimeout: keepAliveMs }, (incoming, outgoing) =>
    this.#serve(incoming, outgoing),
  );
  #origin: Address = { host: '127.0.0.1', port: 0 };

  constructor(options: EdgeOptions) {
    this.#options = options;
    this.#cache = new EdgeCache(options.clock);
    this.#cached = options.cdn.cachedPaths.map((path) => pathPattern(`${options.basePath}${path}`));
  }

  /** @throws ListenError when the port is taken, not allowed or not on this machine */
  listen(address: Address, origin: Address): Promise<{ readonly port: number }> {
    this.#origin = origin;
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => reject(listenError(error, address));
      this.#server.once('error', failed);
      this.#server.listen({ ...address, backlog: 1024 }, () => {
        this.#server.off('error', failed);
        resolve({ port: (this.#server.address() as AddressInfo).port });
      });
    });
  }

  close(): Promise<void> {
    this.#agent.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const address = clientAddress(incoming);
    if (this.#options.limit?.blocks(address) === true) {
      outgoing.writeHead(403, { 'content-type': 'text/html', 'x-cache': 'Error from cloudfront' });
      outgoing.end(blockedPage);
      return;
    }
    const path = keyOf(incoming);
    const isRead = incoming.method === 'GET' || incoming.method === 'HEAD';
    if (!isRead || !this.#cached.some((pattern) => pattern.test(path))) {
      this.#pass(incoming, outgoing, { path: incoming.url ?? '/', headers: incoming.headers });
      return;
    }
    const kept = this.#cache.find(path);
    if (kept === undefined) {
      // Neither cookie nor query is part of the key, so the balancer sees none.
      const headers = without(incoming.headers, ['cookie', 'accept-encoding']);
      this.#pass(incoming, outgoing, { path, headers, keep: incoming.method === 'GET' });
      return;
    }
    outgoing.writeHead(200, {
      ...kept.headers,
      age: String(kept.ageSeconds),
      'x-cache': 'Hit from cloudfront',
    });
    outgoing.end(incoming.method === 'HEAD' ? undefined : kept.body);
  }

  #pass(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    sent: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly keep?: boolean },
  ): void {
    const before = sent.headers['x-forwarded-for'];
    const chain = before === undefined ? [] : [before].flat();
    const passed = httpRequest({
      ...this.#origin,
      agent: this.#agent,
      method: incoming.method,
      path: sent.path,
      headers: {
        ...without(sent.headers, ofConnection),
        'x-forwarded-for': [...chain, clientAddress(incoming)].join(', '),
        [originHeader]: this.#options.secret,
      },
    });
    passed.on('response', (response) => {
      const headers = without(response.headers, [...ofConnection, 'transfer-encoding']);
      outgoing.writeHead(response.statusCode ?? 502, { ...headers, 'x-cache': 'Miss from cloudfront' });
      if (sent.keep === true && response.statusCode === 200)
        collect(response, (body) => this.#cache.keep(sent.path, { headers, body }));
      response.on('error', () => outgoing.destroy());
      response.pipe(outgoing);
    });
    passed.on('error', () => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502, { 'x-cache': 'Error from cloudfront' }).end();
    });
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) passed.destroy();
    });
    incoming.pipe(passed);
  }
}

/** Calls back with a body that has come whole. */
function collect(response: IncomingMessage, whole: (body: KeptAnswer['body']) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => whole(Buffer.concat(chunks)));
}

const without = (headers: IncomingHttpHeaders, names: readonly string[]): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

/** The path without its query. */
const keyOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/';

const clientAddress = ({ socket }: IncomingMessage): string =>
  (socket.remoteAddress ?? '').replace(/^::ffff:/, '');

/** A path pattern of CloudFront: `*` is any characters, and all others are themselves. */
const pathPattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^$(){}|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  );
