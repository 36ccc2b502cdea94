import { type Server, createServer } from 'node:http';
import express from 'express';
import { greeting } from './greeting.ts';
import { Metrics, logAccess, requestId, securityHeaders } from './middleware.ts';

/** Express with the API’s middleware: request id, security headers, metrics, access log; and one JSON route. */
export function expressServer(): Server {
  const metrics = new Metrics();
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((request, response, next) => {
    const id = requestId(request.headers['x-request-id']);
    response.locals.requestId = id;
    response.setHeader('x-request-id', id);
    next();
  });
  app.use((_request, response, next) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    next();
  });
  app.use((request, response, next) => {
    const startedMs = performance.now();
    metrics.inFlight++;
    response.on('finish', () => {
      metrics.inFlight--;
      metrics.record(request.path, response.statusCode, performance.now() - startedMs);
    });
    next();
  });
  app.use((request, response, next) => {
    const startedMs = performance.now();
    response.on('finish', () =>
      logAccess({
        requestId: String(response.locals.requestId),
        method: request.method,
        path: request.path,
        status: response.statusCode,
        durationMs: performance.now() - startedMs,
      }),
    );
    next();
  });
  app.get('/', (_request, response) => {
    response.json(greeting());
  });
  return createServer(app as Parameters<typeof createServer>[1]);
}
