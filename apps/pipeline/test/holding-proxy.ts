import { once } from 'node:events';
import { type IncomingMessage, createServer, request } from 'node:http';
import { type AddressInfo } from 'node:net';

/** Passes requests on to an AWS endpoint, and holds back those of one operation, which never get an answer. */
export class HoldingProxy {
  readonly url: string;
  readonly close: () => Promise<void>;
  #held: { readonly operation: string; readonly onArrival: () => void } | null = null;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.close = close;
  }

  static async start(endpoint: string): Promise<HoldingProxy> {
    const server = createServer((incoming, answer) => {
      const held = proxy.#held;
      if (held !== null && isCallOf(held.operation, incoming)) {
        held.onArrival();
        return;
      }
      const { method, headers, url = '/' } = incoming;
      const target = new URL(url, endpoint);
      const outgoing = request(target, { method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      outgoing.on('error', () => answer.destroy());
      incoming.pipe(outgoing);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const proxy = new HoldingProxy(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return proxy;
  }

  /** Resolves when the first request for the operation has come. */
  hold(operation: string): Promise<void> {
    return new Promise((resolve) => {
      this.#held = { operation, onArrival: resolve };
    });
  }

  holdNothing(): void {
    this.#held = null;
  }
}

/** AWS names an operation in a header or in the path, depending on the protocol. */
const isCallOf = (operation: string, { headers, url = '' }: IncomingMessage): boolean =>
  String(headers['x-amz-target']).endsWith(`.${operation}`) || url.endsWith(`/operation/${operation}`);
