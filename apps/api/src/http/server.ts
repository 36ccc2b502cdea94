import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { AnswerQueue } from './answer-queue.ts';
import { BareRequest } from './bare-request.ts';
import { hasContent, watchBody } from './idle-body.ts';
import { parserRefusal, type ParserError } from './parser-refusal.ts';
import { Refusals } from './refusals.ts';
import { anyOrigin, maxFields, readHead, type Refusal } from './request-head.ts';
import type { ApiEnv } from './route.ts';

export interface ServerOptions {
  readonly config: Pick<Config, 'basePath' | 'idleTimeoutSeconds' | 'maxHeaderBytes'>;
  readonly logger: Logger;
  readonly nextRequestId: () => string;
}

/** How often Node looks for heads that are late, milliseconds. */
const lateHeadsEveryMs = 5000;

/** The HTTP server around the app: its limits and timeouts, and problem details for what never becomes a request. */
export function createApiServer(app: Hono<ApiEnv>, { config, logger, nextRequestId }: ServerOptions): Server {
  const refusals = new Refusals({ logger, nextRequestId, docsUrl: `${config.basePath}/docs` });
  const failed = (error: unknown): void => logger.error({ err: error }, 'request failed');
  const internal: Refusal = { code: 'internal', detail: 'The request could not be answered.' };
  const fail = (response: ServerResponse, error: unknown): void => {
    failed(error);
    refusals.send(response, internal);
  };
  const answers = new AnswerQueue(failed);
  const withContent = getRequestListener(app.fetch, {
    errorHandler: (error) => {
      failed(error);
      const { status, headers, text } = refusals.answer(internal);
      return new Response(text, { status, headers });
    },
  });

  // A balancer reuses sockets until its own idle timeout: closing first would race with its next request (502).
  const keepAliveTimeout = (config.idleTimeoutSeconds + 5) * 1000;
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const path = readHead(request);
    if (typeof path !== 'string') {
      refusals.send(response, path);
      return;
    }
    const sendsContent = hasContent(request);
    if (sendsContent) {
      watchBody(request, keepAliveTimeout, () => {
        // As Node itself says that a request is late.
        const late = Object.assign(new Error('the body is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
        server.emit('clientError', late, request.socket);
      });
    }
    if (sendsContent && request.method !== 'GET' && request.method !== 'HEAD') {
      // The authority is read already, and not every one that is valid is one to the listener.
      request.url = anyOrigin + path;
      void withContent(request, response);
      return;
    }
    if (request.url?.startsWith('/') !== true) request.url = path;
    try {
      const bindings = { incoming: request, outgoing: response, answers };
      const answered = app.fetch(new BareRequest(request, path) as unknown as Request, bindings);
      if (answered instanceof Promise) answered.catch((error: unknown) => fail(response, error));
    } catch (error) {
      fail(response, error);
    }
  };
  const server = createServer(
    {
      keepAliveTimeout,
      headersTimeout: keepAliveTimeout + 5000,
      connectionsCheckingInterval: lateHeadsEveryMs,
      // A limit for the whole would cut a large body on a slow line.
      requestTimeout: 0,
      maxHeaderSize: config.maxHeaderBytes,
      // HTTP/1.0 knew no Host; what is missing is refused in the form of every other problem.
      requireHostHeader: false,
    },
    serve,
  );
  server.maxHeadersCount = maxFields;
  // A client may say that it sends no more, and wait for its answer.
  Object.assign(server, { httpAllowHalfOpen: true });

  // The body is asked for when it is read; an answer without that closes the connection.
  server.on('checkContinue', serve);
  server.on('checkExpectation', (request, response) => {
    const expect = request.headers.expect ?? '';
    if (expect === '') serve(request, response);
    else {
      const detail = `Got expect: ${expect}; only 100-continue is met.`;
      refusals.send(response, { code: 'expectation-failed', detail });
    }
  });
  // RFC 9110 9.3.6: a tunnel is for proxies.
  server.on('connect', (_request, socket) =>
    refusals.sendOn(socket, { code: 'not-implemented', detail: 'CONNECT is not implemented.' }),
  );
  server.on('clientError', (error: NodeJS.ErrnoException & ParserError, socket) => {
    // The parser refuses each further read of the same bytes.
    if (error.code !== 'ECONNRESET' && refusals.isLingering(socket)) return;
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    answers.flush();
    refusals.sendOn(socket, parserRefusal(error, config.maxHeaderBytes));
  });
  return server;
}
