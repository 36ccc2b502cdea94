import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** Metrics that are text already: the Prometheus text format 0.0.4. */
export interface RenderedMetrics {
  render(): string;
}

/**
 * `GET /metrics` on a port of its own, which the balancer does not reach: the process’s metrics (CPU time counts every
 * thread, since it comes from getrusage) and those of the program.
 */
export function createMetricsServer(metrics: readonly RenderedMetrics[]): Server {
  const registry = new Registry();
  // The default of 10 ms wakes an idle process a hundred times a second.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });

  return createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Only GET /metrics is served here.\n');
      return;
    }
    registry.metrics().then(
      (text) =>
        response
          .writeHead(200, { 'content-type': registry.contentType })
          .end(text + metrics.map((part) => part.render()).join('')),
      (error: unknown) => response.writeHead(500, { 'content-type': 'text/plain' }).end(`${String(error)}\n`),
    );
  });
}
