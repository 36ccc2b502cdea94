import { Hono } from 'hono';
import { type LoopbackServer, listenLoopback } from '../control/listen-loopback.ts';
import { type OtlpRequest, otlpRequestSchema } from './otlp-request.ts';

/** Takes what tasks export. @throws WriteError, or whatever keeps it from being taken */
export type TakeSpans = (request: OtlpRequest, text: string) => void;

/**
 * An OTLP receiver on the loopback interface: `POST /v1/traces`, in JSON (OpenTelemetry protocol specification, OTLP/HTTP).
 * What cannot be taken is answered 500, and the exporter logs that.
 * @throws ListenError
 */
export function openTraceReceiver(take: TakeSpans): Promise<LoopbackServer> {
  const app = new Hono();
  app.post('/v1/traces', async (context) => {
    if (context.req.header('content-type')?.startsWith('application/json') !== true)
      return context.json(
        { message: 'OTLP in JSON alone is read here: set OTEL_EXPORTER_OTLP_PROTOCOL to http/json' },
        415,
      );
    const text = await context.req.text();
    const request = otlpRequestSchema.safeParse(parsed(text));
    if (!request.success) return context.json({ message: request.error.message }, 400);
    take(request.data, text);
    return context.json({});
  });
  app.onError((error, context) => context.json({ message: error.message }, 500));
  return listenLoopback(app, 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
