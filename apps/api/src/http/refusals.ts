import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { problem, problemText } from './problem.ts';
import { responseHeaders } from './reply.ts';
import type { Refusal } from './request-head.ts';

export interface RefusalsOptions {
  readonly logger: Logger;
  readonly nextRequestId: () => string;
  readonly docsUrl: string;
}

/** How long a refused connection stays open for the client to read why, milliseconds; as long as nginx’s lingering_timeout. */
const lingerMs = 5000;

/** A socket and the response that is under way on it. Node’s own handler looks at the same property. */
type ServedSocket = Duplex & { readonly _httpMessage?: ServerResponse | null };

/** Answers what never becomes a request of the app’s, in the form of every other problem, and ends its connection. */
export class Refusals {
  readonly #options: RefusalsOptions;
  /** Connections whose clients may still read why they were refused. */
  readonly #lingering = new WeakSet<Duplex>();

  constructor(options: RefusalsOptions) {
    this.#options = options;
  }

  /** Logs the refusal and makes its answer. */
  answer({ code, detail }: Refusal): {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly text: string;
  } {
    const { logger, nextRequestId, docsUrl } = this.#options;
    const requestId = nextRequestId();
    const { problem: body } = problem(code, detail);
    logger.warn({ requestId, status: body.status, detail }, 'request refused');
    const text = problemText(body, requestId, docsUrl);
    const headers = {
      ...responseHeaders('application/problem+json', requestId),
      connection: 'close',
      'content-length': String(Buffer.byteLength(text)),
    };
    return { status: body.status, headers, text };
  }

  /** Whether its client has been told why it is refused: what it sends on is thrown away. */
  isLingering(socket: Duplex): boolean {
    return this.#lingering.has(socket);
  }

  /** Answers a request. */
  send(response: ServerResponse, refusal: Refusal): void {
    const { status, headers, text } = this.answer(refusal);
    response.writeHead(status, headers).end(text);
  }

  /** Answers bytes that are no request, after the answers to the requests in front of them (RFC 9112 9.3.2). */
  sendOn(socket: ServedSocket, refusal: Refusal): void {
    const current = socket._httpMessage;
    if (current && (current.req.complete || current.writableEnded)) {
      current.once('close', () => this.sendOn(socket, refusal));
      return;
    }
    // Writing a second head into a response under way would corrupt it.
    if (!socket.writable || current?.headersSent === true) {
      socket.destroy();
      return;
    }
    const { status, headers, text } = this.answer(refusal);
    const head = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${text}`);
    // At once, what the client still sends would be answered with a reset, and the reason lost.
    this.#lingering.add(socket);
    setTimeout(() => socket.destroy(), lingerMs).unref();
  }
}
