import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { ExportResultCode, setGlobalErrorHandler } from '@opentelemetry/core';
import type { Logger } from 'pino';
import type { TaskIdentity } from '../../task-identity.ts';
import type { TraceConfig } from '../trace-variables.ts';
import type { Tracing } from '../tracing.ts';
import { startExportThread } from './export-job.ts';
import { hearWarnings } from './hear-warnings.ts';
import type { RecordedSpan, SpanSource } from './recorded-span.ts';
import { RequestTracer } from './request-tracer.ts';
import { ThreadExporter } from './thread-exporter.ts';
import { WallClock } from './wall-clock.ts';

export interface StartTracingOptions {
  readonly config: TraceConfig;
  readonly basePath: string;
  readonly identity: TaskIdentity;
  readonly logger: Logger;
}

/**
 * A batch goes out once it is full, and once a second: four times OpenTelemetry’s default size, so that full sampling loses no
 * span, and the threads seldom change places. It is about 1 MB; a collector takes 20 MiB (`max_request_body_size`).
 */
const batch = { maxExportBatchSize: 2048, maxQueueSize: 16_384, scheduledDelayMillis: 1000 } as const;
/** Longest that an export may take with all its retries; the collector is on this machine. */
const exportTimeoutMs = 3000;

/** Starts tracing: spans go in batches to the collector of the configuration. */
export function startTracing({ config, basePath, identity, logger }: StartTracingOptions): Tracing {
  // What fails is logged once, by the exporter below; what is left is that the queue was full.
  setGlobalErrorHandler(() => undefined);
  const warn = (message: string): void => logger.warn({ component: 'tracing' }, message);
  hearWarnings(warn);
  return new RequestTracer({
    config,
    basePath,
    source: sourceOf(config, identity),
    processor: new BatchSpanProcessor(exporterTo(config.endpoint, { logger, warn }), {
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
function exporterTo(
  endpoint: string,
  { logger, warn }: { readonly logger: Logger; readonly warn: (message: string) => void },
): SpanExporter {
  const url = `${endpoint}/v1/traces`;
  const job = { kind: 'export', url, timeoutMs: exportTimeoutMs } as const;
  const exporter = new ThreadExporter({ job, start: startExportThread }, warn);
  let isFailing = false;
  return {
    export: (spans, onResult) =>
      // The processor gets no spans but those that are made here.
      exporter.export(spans as unknown as RecordedSpan[], (result) => {
        const fails = result.code !== ExportResultCode.SUCCESS;
        if (fails !== isFailing) {
          isFailing = fails;
          if (fails) logger.warn({ url, err: result.error }, 'traces cannot be exported');
          else logger.info({ url }, 'traces are exported again');
        }
        onResult(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}
