import { Readable } from 'node:stream';
import { type ReadableStream } from 'node:stream/web';
import { Pool } from 'undici';

export interface UpstreamRequest {
  readonly method: string;
  /** With its query, as the client wrote it. */
  readonly path: string;
  readonly headers: Headers;
  /** A stream is passed on as it arrives: uploads are never held in memory. */
  readonly body: string | ReadableStream | undefined;
}

/** The server behind the gateway. */
export interface Upstream {
  send(request: UpstreamRequest): Promise<Response>;
  close(): Promise<void>;
}

type ResponseBody = ConstructorParameters<typeof Response>[0];

/** Headers that belong to one connection, not to the message (RFC 9110, 7.6.1); `expect` was answered by our own server. */
const perConnection = ['connection', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/**
 * Passes requests on over HTTP. The client’s Host header stays, since S3’s addressing and the URLs in moto’s answers
 * depend on it. Nothing is retried and nothing decompressed.
 */
export function httpUpstream(url: string): Upstream {
  // A moto call may compute for long; the client’s own deadline decides.
  const pool = new Pool(url, { connections: 64, headersTimeout: 0, bodyTimeout: 0 });
  return {
    async send({ method, path, headers, body }) {
      const answer = await pool.request({
        method,
        path,
        headers: Object.fromEntries(messageHeaders(headers)),
        body: typeof body === 'object' ? Readable.fromWeb(body) : (body ?? null),
      });
      const answerHeaders = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) {
        for (const item of [value ?? []].flat()) answerHeaders.append(name, item);
      }
      const hasBody = method !== 'HEAD' && answer.statusCode !== 204 && answer.statusCode !== 304;
      if (!hasBody) await answer.body.dump();
      return new Response(hasBody ? (Readable.toWeb(answer.body) as ResponseBody) : null, {
        status: answer.statusCode,
        headers: messageHeaders(answerHeaders),
      });
    },
    close: () => pool.destroy(),
  };
}

function messageHeaders(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of perConnection) kept.delete(name);
  return kept;
}
