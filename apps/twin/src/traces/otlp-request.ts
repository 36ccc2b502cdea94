import * as z from 'zod';

/** A value of an attribute, of whichever kind: a list is shown as it was sent. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .default([])
  .transform((pairs) => new Map(pairs.map(({ key, value }) => [key, textOf(Object.values(value)[0])])));

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string().transform(BigInt),
  endTimeUnixNano: z.string().transform(BigInt),
  attributes,
  status: z.object({ code: z.number().optional() }).optional(),
});

/** What an exporter sends, as far as it is printed here (opentelemetry-proto, ExportTraceServiceRequest in JSON). */
export const otlpRequestSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

export type OtlpRequest = z.output<typeof otlpRequestSchema>;
export type OtlpSpan = z.output<typeof span>;
