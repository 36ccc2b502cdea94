import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { otlpJsonOf } from '../src/traces/otlp-protobuf.ts';
import { type OtlpSpan, otlpRequestSchema } from '../src/traces/otlp-request.ts';

/** A span with what its resource says of the task that it comes from. */
export interface CollectedSpan extends OtlpSpan {
  readonly resource: ReadonlyMap<string, string>;
}

/** An OTLP receiver of the test’s own, on an ephemeral port. */
export class SpanCollector {
  readonly spans: CollectedSpan[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const sent = otlpJsonOf(Buffer.concat(chunks));
        for (const { resource, scopeSpans } of otlpRequestSchema.parse(sent).resourceSpans)
          for (const { spans } of scopeSpans)
            this.spans.push(...spans.map((span) => ({ ...span, resource: resource.attributes })));
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
  }

  static async listen(): Promise<SpanCollector> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SpanCollector(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The spans of a trace, in the order of their beginning. */
  of(traceId: string): readonly CollectedSpan[] {
    return this.spans
      .filter((span) => span.traceId === traceId)
      .toSorted((one, other) => Number(one.startTimeUnixNano - other.startTimeUnixNano));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
