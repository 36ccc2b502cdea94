import { parentPort } from 'node:worker_threads';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import {
  createOtlpHttpExportDelegate,
  httpAgentFactoryFromOptions,
} from '@opentelemetry/otlp-exporter-base/node-http';
import {
  type IExportTraceServiceResponse,
  type ISerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ExportAnswer, ExportJob, ExportRequest } from './export-job.ts';

/**
 * The entry of the thread that sends spans by OTLP over HTTP: it has the client of `node:http` to itself. That client
 * shares its code with the server, and once it has run, the engine’s compiler makes that code slower for both.
 */
export function runExportThread({ url, timeoutMs, concurrency }: ExportJob): void {
  const answer = (message: ExportAnswer): void => parentPort?.postMessage(message);
  hearWarnings((warning) => answer({ warning }));
  const exporter = new OTLPExporterBase<ExportRequest>(
    createOtlpHttpExportDelegate(
      {
        url,
        headers: () => Promise.resolve({ 'content-type': 'application/x-protobuf' }),
        agentFactory: httpAgentFactoryFromOptions({ keepAlive: true }),
        compression: 'none',
        concurrencyLimit: concurrency,
        timeoutMillis: timeoutMs,
      },
      writtenBefore,
      'otlp_http_span_exporter',
      { name: 'span', countItems: ({ spanCount }) => spanCount },
      undefined,
    ),
  );
  parentPort?.on('message', (request: ExportRequest) => {
    const { buffer } = request.body;
    exporter.export(request, ({ error, code }) => {
      // What failed may still be on its way into a socket.
      if (code === ExportResultCode.SUCCESS) answer({ error: undefined, spare: buffer });
      else answer({ error: error?.message ?? 'no reason given', spare: undefined });
    });
  });
}

/** Batches come as OTLP. */
const writtenBefore: ISerializer<ExportRequest, IExportTraceServiceResponse> = {
  serializeRequest: ({ body }) => body,
  deserializeResponse: (data) => ProtobufTraceSerializer.deserializeResponse(data),
};

/** Passes on what OpenTelemetry warns of in this thread. */
function hearWarnings(warn: (message: string) => void): void {
  // A part of it names itself first, and its details come last.
  const hear = (...parts: readonly unknown[]): void => warn(parts.map(String).join(' '));
  const ignore = (): void => undefined;
  diag.setLogger(
    { error: hear, warn: hear, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
