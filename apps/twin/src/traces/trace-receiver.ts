import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { PbfWriter } from 'pbf';
import { type LoopbackServer, listenLoopback } from '../control/listen-loopback.ts';
import { otlpJsonOf } from './otlp-protobuf.ts';
import { type OtlpRequest, otlpRequestSchema } from './otlp-request.ts';

/** Takes what tasks export, read and as OTLP in JSON. @throws WriteError, or whatever keeps it from being taken */
export type TakeSpans = (request: OtlpRequest, text: string) => void;

/** As much as OpenTelemetry’s collector takes (`max_request_body_size`). */
const largestBytes = 20 * 2 ** 20;

/** What exporters write, and how they are answered (OpenTelemetry protocol specification, OTLP/HTTP). */
const formats = {
  'application/x-protobuf': {
    read: (body: Buffer): unknown => otlpJsonOf(body),
    taken: new Uint8Array(),
    /** `google.rpc.Status`. */
    refused: (message: string): Uint8Array<ArrayBuffer> => {
      const status = new PbfWriter();
      status.writeStringField(2, message);
      return Uint8Array.from(status.finish());
    },
  },
  'application/json': {
    read: (body: Buffer): unknown => JSON.parse(body.toString('utf8')),
    taken: '{}',
    refused: (message: string): string => JSON.stringify({ message }),
  },
} as const;
type Format = keyof typeof formats;
const isFormat = (type: string): type is Format => Object.hasOwn(formats, type);

/**
 * An OTLP receiver on the loopback interface: `POST /v1/traces`, in protobuf or JSON, plain or by gzip. What cannot be taken is
 * answered 500, and the exporter logs that.
 * @throws ListenError
 */
export function openTraceReceiver(take: TakeSpans): Promise<LoopbackServer> {
  return listenLoopback(traceReceiver(take), 0);
}

/** Its HTTP side. */
export function traceReceiver(take: TakeSpans): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: largestBytes }));
  app.post('/v1/traces', async ({ req, json, body: respond }) => {
    const type = req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (!isFormat(type))
      return json({ message: `got ${type}; must be one of ${Object.keys(formats).join(', ')}` }, 415);
    const { read, taken, refused } = formats[type];
    const answer = (status: 200 | 400 | 500, body: string | Uint8Array<ArrayBuffer>) =>
      respond(body, status, { 'content-type': type });
    const bytes = Buffer.from(await req.arrayBuffer());
    const isZipped = req.header('content-encoding') === 'gzip';
    let sent: unknown;
    try {
      sent = read(isZipped ? gunzipSync(bytes, { maxOutputLength: largestBytes }) : bytes);
    } catch (error) {
      return answer(400, refused((error as Error).message));
    }
    const request = otlpRequestSchema.safeParse(sent);
    if (!request.success) return answer(400, refused(request.error.message));
    try {
      take(request.data, JSON.stringify(sent));
    } catch (error) {
      return answer(500, refused((error as Error).message));
    }
    return answer(200, taken);
  });
  return app;
}
