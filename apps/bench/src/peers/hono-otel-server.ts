import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { httpInstrumentationMiddleware } from '@hono/otel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { Hono } from 'hono';
import { greeting } from './greeting.ts';

/** Larger than OpenTelemetry’s defaults, so that fewer spans are dropped under load. */
const batch = { maxExportBatchSize: 1024, maxQueueSize: 16_384, scheduledDelayMillis: 1000 };

/** Hono with one JSON route, each request traced by Hono’s own middleware and OpenTelemetry’s SDK. @param endpoint collector */
export function honoOtelServer(endpoint: string): Server {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const tracerProvider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'hono' }),
    spanProcessors: [new BatchSpanProcessor(exporter, batch)],
  });
  const app = new Hono();
  app.use('*', httpInstrumentationMiddleware({ tracerProvider }));
  app.get('/', (context) => context.json(greeting()));
  return createAdaptorServer({ fetch: app.fetch }) as Server;
}
