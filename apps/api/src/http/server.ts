import { createServer, STATUS_CODES, type OutgoingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { watchBody } from './idle-body.ts';
import { problem, problemText, type ProblemCode } from './problem.ts';
import { responseHeaders } from './reply.ts';
import type { ApiEnv } from './route.ts';

export interface ServerOptions {
  readonly config: Pick<Config, 'basePath' | 'idleTimeoutSeconds' | 'maxHeaderBytes'>;
  readonly logger: Logger;
  readonly nextRequestId: () => string;
}

/** How long a refused connection stays open for the client to read why, milliseconds. */
const lingerMs = 2000;

/** The HTTP server around the app: its limits and timeouts, and problem details for what never becomes a request. */
export function createApiServer(app: Hono<ApiEnv>, { config, logger, nextRequestId }: ServerOptions): Server {
  const docsUrl = `${config.basePath}/docs`;
  const refusal = (code: ProblemCode, detail: string) => {
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
  };

  // A balancer reuses sockets until its own idle timeout: closing first would race with its next request (502).
  const keepAliveTimeout = (config.idleTimeoutSeconds + 5) * 1000;
  const listener = getRequestListener(app.fetch, {
    errorHandler: (error) => {
      if (!(error instanceof RequestError)) logger.error({ err: error }, 'request failed');
      const { status, headers, text } =
        error instanceof RequestError
          ? refusal('invalid-request', `The request line or Host header is not valid: ${error.message}.`)
          : refusal('internal', 'The request could not be answered.');
      return new Response(text, { status, headers });
    },
  });
  const server = createServer(
    {
      keepAliveTimeout,
      headersTimeout: keepAliveTimeout + 5000,
      // A limit for the whole would cut a large body on a slow line.
      requestTimeout: 0,
      maxHeaderSize: config.maxHeaderBytes,
      // The listener refuses a missing Host itself, in the form of every other problem.
      requireHostHeader: false,
    },
    (request, response) => {
      watchBody(request, keepAliveTimeout, () => {
        // As Node itself says that a request is late.
        const late = Object.assign(new Error('the body is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
        server.emit('clientError', late, request.socket);
      });
      void listener(request, response);
    },
  );

  server.on('checkExpectation', (request, response) => {
    const { status, headers, text } = refusal(
      'expectation-failed',
      `Got expect: ${request.headers.expect ?? ''}; only 100-continue is met.`,
    );
    response.writeHead(status, headers).end(text);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || hasStartedResponse(socket)) {
      socket.destroy();
      return;
    }
    const { status, headers, text } = refusal(...parserProblem(error.code, config.maxHeaderBytes));
    const head = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${text}`);
    // At once, what the client still sends would be answered with a reset, and the reason lost.
    setTimeout(() => socket.destroy(), lingerMs).unref();
  });
  return server;
}

/** Writing a second head into a response under way would corrupt it. Node’s own handler looks at the same property. */
const hasStartedResponse = (socket: Duplex & { readonly _httpMessage?: OutgoingMessage | null }): boolean =>
  socket._httpMessage?.headersSent === true;

function parserProblem(code: string | undefined, maxHeaderBytes: number): [ProblemCode, string] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return ['headers-too-large', `The request head is larger than ${maxHeaderBytes} bytes.`];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['request-timeout', 'The request did not arrive in time.'];
  return ['invalid-request', `The bytes are not valid HTTP/1.1 (${code ?? 'unknown'}).`];
}
