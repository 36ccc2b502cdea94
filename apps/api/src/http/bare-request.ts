import type { IncomingMessage } from 'node:http';
import { anyOrigin } from './request-head.ts';

/** What Hono and the handlers ask of a request that has no content, made from what Node has parsed already. */
export class BareRequest implements Pick<Request, 'method' | 'url' | 'headers' | 'body'> {
  readonly method: string;
  readonly url: string;
  readonly body = null;
  readonly #incoming: IncomingMessage;
  #headers: Headers | undefined;

  /** @param path path and query */
  constructor(incoming: IncomingMessage, path: string) {
    // Node leaves out the content of an answer to HEAD: to routes and handlers, it is GET (RFC 9110 9.3.2).
    this.method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET');
    this.url = anyOrigin + path;
    this.#incoming = incoming;
  }

  get headers(): Headers {
    return (this.#headers ??= new Headers(
      Object.entries(this.#incoming.headers).map(([name, value]) => [name, String(value)]),
    ));
  }
}
