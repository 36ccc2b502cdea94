import { Buffer } from 'node:buffer';
import { urlToHttpOptions } from 'node:url';
import HttpClient from 'autocannon/lib/httpClient.js';
import { CookieJar } from './cookie-jar.ts';
import {
  failureOfError,
  type ConnectionListener,
  type OpenConnection,
  type UserConnection,
} from './user-connection.ts';

const ignore = (): void => undefined;
const headStart = Buffer.from('HEAD ');
/** Bytes of a kept body at about which no more of it is kept. */
const mostKept = 1_048_576;
const anyRequest = {};
/** What ends when an answer comes without a request: the client assumes that there was one. */
const noRequest = { req: anyRequest, headers: { statusCode: 0 }, bytes: 0, duration: 0 };

/**
 * Connections driven by autocannon’s HTTP client: its sockets and TLS, parser, timing and timeouts.
 * The client’s own loop is taken out, for three reasons that all show in the figures:
 * - its rate mode sends a second’s quota at once, all users in step; here the caller says when;
 * - it reconnects at once and for ever, and asks again on every reconnect; here a connection opens when a request is due;
 * - a connection that the server ends, or an answer cut short, it does not count; here each is a failure.
 *
 * This is the only file that imports autocannon.
 *
 * @param options.timeoutMs a request without a whole answer for this long has failed.
 * @param options.jars takes a jar per user, who keeps the cookies that it is given, over every time that its connection
 *   opens; null, and cookies are not kept.
 */
export function autocannonConnections(
  target: URL,
  options: Omit<ConnectionOptions, 'endpoint'>,
): OpenConnection {
  const { protocol, hostname } = urlToHttpOptions(target);
  const port = target.port === '' ? (target.protocol === 'https:' ? 443 : 80) : Number(target.port);
  const endpoint = { protocol: protocol ?? 'http:', hostname: hostname ?? '', port };
  return (listener) => new AutocannonConnection({ endpoint, ...options }, listener);
}

interface ConnectionOptions {
  readonly endpoint: { readonly protocol: string; readonly hostname: string; readonly port: number };
  readonly timeoutMs: number;
  readonly keepAlive: boolean;
  readonly jars: CookieJar[] | null;
}

class AutocannonConnection implements UserConnection {
  readonly #client: HttpClient;
  readonly #listener: ConnectionListener;
  readonly #keepAlive: boolean;
  /** Undefined where the user keeps no cookies. */
  readonly #cookies: CookieJar | undefined;
  #open = false;
  #inFlight = false;
  #sent = 0;
  /** The answer being read leaves the connection fit for another request. */
  #reusable = false;
  /** The answer being read is not the final one. */
  #interim = false;
  #bodyBytes = 0;
  /** The request in flight is a HEAD, whose answer has no body whatever its fields say. */
  #isHead = false;
  /** Of the answer being read, where it is to be kept; null: it is not. */
  #keptBody: Buffer[] | null = null;
  #headers: readonly string[] = [];

  constructor(options: ConnectionOptions, listener: ConnectionListener) {
    this.#listener = listener;
    this.#keepAlive = options.keepAlive;
    this.#cookies = options.jars === null ? undefined : new CookieJar();
    if (this.#cookies !== undefined) options.jars?.push(this.#cookies);
    this.#client = new HttpClient({
      ...options.endpoint,
      timeout: options.timeoutMs / 1000,
      setupClient: (client) => this.#takeOver(client),
    });
    this.#readHeads();
  }

  send(request: Buffer, keepAnswer: boolean): void {
    if (!this.#open) this.#connect();
    const client = this.#client;
    this.#inFlight = true;
    this.#sent += 1;
    this.#keptBody = keepAnswer ? [] : null;
    this.#isHead = request.subarray(0, headStart.length).equals(headStart);
    client.pipelinedRequests.insertRequest(anyRequest);
    client.conn.write(this.#cookies?.addTo(request) ?? request);
    client.timeoutTicker.reschedule(client.timeout);
  }

  close(): void {
    this.#inFlight = false;
    this.#client.destroy();
    this.#hangUp();
  }

  #takeOver(client: HttpClient): void {
    client._connect = ignore;
    client._doRequest = ignore;
    client._destroyConnection = ignore;
    // Bodies that are not looked at need not be kept.
    client.pipelinedRequests.addBody = (part) => {
      if (this.#bodyBytes < mostKept) this.#keptBody?.push(Buffer.from(part));
      this.#bodyBytes += part.length;
    };
    const terminateRequest = client.pipelinedRequests.terminateRequest.bind(client.pipelinedRequests);
    // The request stays until its final answer, and so does the time from which it is measured.
    client.pipelinedRequests.terminateRequest = () =>
      this.#interim ? noRequest : (terminateRequest() ?? noRequest);
    client.on('headers', ({ shouldKeepAlive, headers }) => {
      this.#bodyBytes = 0;
      if (this.#keptBody !== null) [this.#keptBody, this.#headers] = [[], headers];
      this.#reusable = shouldKeepAlive;
      this.#cookies?.keep(headers);
    });
    client.on('response', (statusCode, _bytes, durationMs) => {
      if (!this.#interim) this.#answered(statusCode, durationMs);
    });
    client.on('connError', (error) => this.#failed(failureOfError(error)));
    client.on('timeout', () => {
      // The client’s timer runs on between requests, where there is nothing to time out.
      if (this.#inFlight) this.#failed('timeout');
    });
  }

  /**
   * A client passes over every 1xx but 101 until the final answer (RFC 9110 15.2), and reads no body after 1xx, 204 and 304,
   * and after HEAD, whatever their fields say (RFC 9112 6.3). The parser takes each 1xx for an answer, and those fields at their word.
   */
  #readHeads(): void {
    const { parser } = this.#client;
    const onHead = parser[2].bind(parser);
    parser[2] = (head) => {
      const { statusCode } = head;
      const informs = statusCode >= 100 && statusCode < 200;
      this.#interim = informs && statusCode !== 101;
      onHead(head);
      return informs || statusCode === 204 || statusCode === 304 || this.#isHead;
    };
  }

  #connect(): void {
    const client = this.#client;
    // What the lost connection left of an answer must not be read on with the next one.
    client.parser.reinitialize(client.parser.type);
    HttpClient.prototype._connect.call(client);
    this.#open = true;
    const { conn } = client;
    conn.setNoDelay(true);
    conn.removeAllListeners('data');
    conn.on('data', (chunk) => this.#read(chunk));
    conn.on('end', () => this.#ended());
  }

  #read(chunk: Buffer): void {
    // Nothing was asked, as when a server says why it closes an idle connection.
    if (!this.#inFlight) {
      this.#hangUp();
      return;
    }
    if (this.#client.parser.execute(chunk) instanceof Error) this.#failed('bad-answer');
  }

  #ended(): void {
    if (!this.#inFlight) {
      this.#hangUp();
      return;
    }
    const sent = this.#sent;
    // An answer without a length ends with its connection. It may lead to the next request at once.
    this.#client.parser.finish();
    if (sent === this.#sent) this.#failed('connection-closed');
  }

  #answered(statusCode: number, durationMs: number): void {
    if (!this.#inFlight) return;
    this.#inFlight = false;
    if (!this.#keepAlive || !this.#reusable) this.#hangUp();
    const body = this.#keptBody;
    const kept = body === null ? null : { headers: this.#headers, body: Buffer.concat(body) };
    this.#listener.onAnswer(statusCode, durationMs, { bodyBytes: this.#bodyBytes, kept });
  }

  #failed(kind: string): void {
    this.#hangUp();
    if (!this.#inFlight) return;
    this.#inFlight = false;
    this.#listener.onFailure(kind);
  }

  #hangUp(): void {
    if (!this.#open) return;
    this.#open = false;
    HttpClient.prototype._destroyConnection.call(this.#client);
  }
}
