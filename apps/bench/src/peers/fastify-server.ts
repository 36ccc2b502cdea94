import { type Server, createServer } from 'node:http';
import { fastify } from 'fastify';
import { greeting } from './greeting.ts';
import { Metrics, logAccess, requestId, securityHeaders } from './middleware.ts';

/** Fastify with the API’s middleware: request id, security headers, metrics, access log; and one JSON route. */
export async function fastifyServer(): Promise<Server> {
  const metrics = new Metrics();
  const server = createServer();
  const app = fastify({
    logger: false,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    serverFactory: (handler) => server.on('request', handler),
  });
  app.addHook('onRequest', (request, reply, done) => {
    metrics.inFlight++;
    reply.header('x-request-id', request.id).headers(securityHeaders);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode: status, elapsedTime: durationMs } = reply;
    metrics.inFlight--;
    metrics.record(request.routeOptions.url ?? 'unmatched', status, durationMs);
    logAccess({ requestId: request.id, method: request.method, path: request.url, status, durationMs });
    done();
  });
  app.get('/', () => greeting());
  await app.ready();
  return server;
}
