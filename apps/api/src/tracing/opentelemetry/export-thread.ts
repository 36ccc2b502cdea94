import { parentPort } from 'node:worker_threads';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import {
  createOtlpHttpExportDelegate,
  httpAgentFactoryFromOptions,
} from '@opentelemetry/otlp-exporter-base/node-http';
import type { IExportTraceServiceResponse, ISerializer } from '@opentelemetry/otlp-transformer';
import type { ExportAnswer, ExportJob, ExportRequest } from './export-job.ts';
import { hearWarnings } from './hear-warnings.ts';

/**
 * The entry of the thread that sends spans by OTLP over HTTP: it has the client of `node:http` to itself. That client
 * shares its code with the server, and once it has run, the engine’s compiler makes that code slower for both.
 */
export function runExportThread({ url, timeoutMs }: ExportJob): void {
  const answer = (message: ExportAnswer, moved: readonly ArrayBuffer[] = []): void =>
    parentPort?.postMessage(message, moved);
  hearWarnings((warning) => answer({ warning }));
  const exporter = new OTLPExporterBase<ExportRequest>(
    createOtlpHttpExportDelegate(
      {
        url,
        headers: () => Promise.resolve({ 'content-type': 'application/json' }),
        agentFactory: httpAgentFactoryFromOptions({ keepAlive: true }),
        compression: 'none',
        concurrencyLimit: 4,
        timeoutMillis: timeoutMs,
      },
      writtenBefore,
      'otlp_http_span_exporter',
      { name: 'span', countItems: ({ spanCount }) => spanCount },
      undefined,
    ),
  );
  parentPort?.on('message', (request: ExportRequest) => {
    const { id, body } = request;
    exporter.export(request, ({ error, code }) => {
      // What failed may still be on its way into a socket.
      const spare = code === ExportResultCode.SUCCESS ? body : undefined;
      answer({ id, code, error: error?.message, spare }, spare === undefined ? [] : [spare.buffer]);
    });
  });
}

/** Batches come as OTLP in JSON. */
const writtenBefore: ISerializer<ExportRequest, IExportTraceServiceResponse> = {
  serializeRequest: ({ body }) => body,
  deserializeResponse: (data) =>
    data.length === 0 ? {} : (JSON.parse(Buffer.from(data).toString('utf8')) as IExportTraceServiceResponse),
};
