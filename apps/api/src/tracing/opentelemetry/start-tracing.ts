import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import {
  createOtlpHttpExportDelegate,
  httpAgentFactoryFromOptions,
} from '@opentelemetry/otlp-exporter-base/node-http';
import {
  type IExportTraceServiceResponse,
  type ISerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { ExportResultCode, setGlobalErrorHandler } from '@opentelemetry/core';
import type { Logger } from 'pino';
import type { TaskIdentity } from '../../task-identity.ts';
import type { TraceConfig } from '../trace-variables.ts';
import type { Tracing } from '../tracing.ts';
import { OtlpJson } from './otlp-json.ts';
import type { SpanSource } from './recorded-span.ts';
import { RequestTracer } from './request-tracer.ts';
import { WallClock } from './wall-clock.ts';

export interface StartTracingOptions {
  readonly config: TraceConfig;
  readonly basePath: string;
  readonly identity: TaskIdentity;
  readonly logger: Logger;
}

/** A batch goes out once it is full, and once a second: twice OpenTelemetry’s default size, so that full sampling loses no span. */
const batch = { maxExportBatchSize: 1024, maxQueueSize: 16_384, scheduledDelayMillis: 1000 } as const;
/** Longest that an export may take with all its retries; the collector is on this machine. */
const exportTimeoutMs = 3000;

/** Starts tracing: spans go in batches to the collector of the configuration. */
export function startTracing({ config, basePath, identity, logger }: StartTracingOptions): Tracing {
  // What fails is logged once, by the exporter below; what is left is that the queue was full.
  setGlobalErrorHandler(() => undefined);
  const warn = (message: string): void => logger.warn({ component: 'tracing' }, message);
  const ignore = (): void => undefined;
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return new RequestTracer({
    config,
    basePath,
    source: sourceOf(config, identity),
    processor: new BatchSpanProcessor(exporterTo(config.endpoint, logger), {
      ...batch,
      exportTimeoutMillis: exportTimeoutMs,
    }),
    clock: new WallClock(
      () => Date.now(),
      () => performance.now(),
    ),
  });
}

/** What the task is, by the semantic conventions for resources; what is configured has the last word. */
const sourceOf = ({ serviceName, attributes }: TraceConfig, identity: TaskIdentity): SpanSource => ({
  resource: resourceFromAttributes({
    'service.name': serviceName,
    'service.version': identity.version,
    'service.instance.id': identity.taskId,
    'host.name': identity.hostName,
    'cloud.availability_zone': identity.availabilityZone,
    'telemetry.sdk.language': 'nodejs',
    ...attributes,
  }),
  scope: { name: '@tideline/api', version: identity.version },
});

/** Sends spans by OTLP over HTTP, and logs when that begins to fail and when it works again. */
function exporterTo(endpoint: string, logger: Logger): SpanExporter {
  const url = `${endpoint}/v1/traces`;
  const exporter = new OTLPExporterBase<ReadableSpan[]>(
    createOtlpHttpExportDelegate(
      {
        url,
        headers: () => Promise.resolve({ 'content-type': 'application/json' }),
        agentFactory: httpAgentFactoryFromOptions({ keepAlive: true }),
        compression: 'none',
        concurrencyLimit: 4,
        timeoutMillis: exportTimeoutMs,
      },
      // The processor gets no spans but those that are made here.
      new OtlpJson() as unknown as ISerializer<ReadableSpan[], IExportTraceServiceResponse>,
      'otlp_http_span_exporter',
      TraceExporterMetricsHelper,
      undefined,
    ),
  );
  let isFailing = false;
  return {
    export: (spans, onResult) =>
      exporter.export(spans, (result) => {
        const fails = result.code !== ExportResultCode.SUCCESS;
        if (fails !== isFailing) {
          isFailing = fails;
          if (fails) logger.warn({ url, err: result.error }, 'traces cannot be exported');
          else logger.info({ url }, 'traces are exported again');
        }
        onResult(result);
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
