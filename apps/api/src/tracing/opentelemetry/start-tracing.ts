import type { Logger } from 'pino';
import type { TaskIdentity } from '../../task-identity.ts';
import type { TraceConfig } from '../trace-variables.ts';
import type { Tracing } from '../tracing.ts';
import { startExportThread } from './export-job.ts';
import type { SpanSource } from './recorded-span.ts';
import { RequestTracer } from './request-tracer.ts';
import { SpanBatcher } from './span-batcher.ts';
import { ThreadExporter } from './thread-exporter.ts';
import { WallClock } from './wall-clock.ts';

export interface StartTracingOptions {
  readonly config: TraceConfig;
  readonly basePath: string;
  readonly identity: TaskIdentity;
  readonly logger: Logger;
}

/**
 * A batch goes out once it is full, with some 10,000 spans, or when its first one has waited long enough: to send one costs a
 * millisecond whatever its size. A collector takes 20 MiB (`max_request_body_size`).
 */
const batchBytes = 2 ** 21;
/** Batches on their way at a time; what comes while that many are is dropped. */
const concurrency = 8;
/** Longest that an export may take with all its retries; the collector is on this machine. */
const exportTimeoutMs = 3000;

/** Starts tracing: spans go in batches to the collector of the configuration. */
export function startTracing({ config, basePath, identity, logger }: StartTracingOptions): Tracing {
  const exporter = exporterTo(config.endpoint, logger);
  const batcher = new SpanBatcher({
    batchBytes,
    delayMs: config.batchDelayMs,
    source: sourceOf(config, identity),
    exporter,
    onDropped: (spanCount) => logger.warn({ spanCount }, 'spans were dropped: the collector is too slow'),
  });
  return new RequestTracer({
    config,
    basePath,
    take: (start, end) => batcher.take(start, end),
    close: () => {
      batcher.close();
      return exporter.close();
    },
    clock: new WallClock(
      () => Date.now(),
      () => performance.now(),
    ),
  });
}

/** What the task is, by the semantic conventions for resources; what is configured has the last word. */
const sourceOf = ({ serviceName, attributes }: TraceConfig, identity: TaskIdentity): SpanSource => ({
  resource: {
    'service.name': serviceName,
    'service.version': identity.version,
    'service.instance.id': identity.taskId,
    'host.name': identity.hostName,
    'cloud.availability_zone': identity.availabilityZone,
    'telemetry.sdk.language': 'nodejs',
    ...attributes,
  },
  scope: { name: '@tideline/api', version: identity.version },
});

/** Sends spans by OTLP over HTTP, and logs when that begins to fail and when it works again. */
function exporterTo(endpoint: string, logger: Logger): ThreadExporter {
  const url = `${endpoint}/v1/traces`;
  let isFailing = false;
  return new ThreadExporter({
    job: { kind: 'export', url, timeoutMs: exportTimeoutMs, concurrency },
    start: startExportThread,
    warn: (message) => logger.warn({ component: 'tracing' }, message),
    onResult: (error) => {
      const fails = error !== undefined;
      if (fails === isFailing) return;
      isFailing = fails;
      if (fails) logger.warn({ url, err: error }, 'traces cannot be exported');
      else logger.info({ url }, 'traces are exported again');
    },
  });
}
