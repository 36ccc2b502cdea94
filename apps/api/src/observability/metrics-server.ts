import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { RequestMetrics } from './request-metrics.ts';

/**
 * `GET /metrics` on a port of its own, which the balancer does not reach: the process’s metrics (CPU time counts every
 * thread, since it comes from getrusage) and the HTTP ones.
 */
export function createMetricsServer(requestMetrics: RequestMetrics): Server {
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
        response.writeHead(200, { 'content-type': registry.contentType }).end(text + requestMetrics.render()),
      (error: unknown) => response.writeHead(500, { 'content-type': 'text/plain' }).end(`${String(error)}\n`),
    );
  });
}
