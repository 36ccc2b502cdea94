import * as z from 'zod';

/** A key, and a value in which commas, equals signs and percent signs are percent-encoded (OpenTelemetry, resource SDK). */
const attribute = String.raw`[\w.-]+=(?:[^,=%]|%[0-7][0-9A-Fa-f])*`;

/** The variables of tracing: OpenTelemetry’s own names where it has one. */
export const traceVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http URL' })
    .transform((url) => url.replace(/\/$/, ''))
    .optional()
    .describe(
      'Collector that gets the spans, OTLP over HTTP in protobuf at `/v1/traces`; by default nothing is traced, and no code for it is loaded.',
    ),
  OTEL_SERVICE_NAME: z
    .string()
    .max(255, 'must be at most 255 characters')
    .default('tideline-api')
    .describe('Name of the service in traces.'),
  OTEL_RESOURCE_ATTRIBUTES: z
    .string()
    .regex(
      new RegExp(`^${attribute}(?:,${attribute})*$`),
      'must be key=value pairs separated by commas, with percent-encoded values',
    )
    .optional()
    .describe(
      'Attributes of every span’s resource, `key=value` separated by commas, beside those of the task itself.',
    ),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0|1|0?\.\d+|1\.0+|0\.0+)$/, 'must be a share from 0 to 1')
    .transform(Number)
    .default(1)
    .describe(
      'Share of the requests that are traced, 0 to 1; a request that is part of a trace already does as that trace does.',
    ),
  OTEL_BSP_SCHEDULE_DELAY: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be milliseconds from 1 to 999999')
    .transform(Number)
    .default(5000)
    .describe('Longest that a span waits for others of its batch, in milliseconds.'),
  TRACE_PROPAGATION: z
    .enum(['w3c', 'xray'], { error: 'must be w3c or xray' })
    .default('w3c')
    .describe(
      'Which header says what trace a request is part of where it has both: `traceparent` (`w3c`) or `X-Amzn-Trace-Id` (`xray`).',
    ),
};

type Variables = z.output<z.ZodObject<typeof traceVariables>>;

/** Tracing in the program’s own names; undefined where there is none. */
export const traceConfig = (variables: Variables) =>
  variables.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
    ? undefined
    : {
        endpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT,
        serviceName: variables.OTEL_SERVICE_NAME,
        attributes: attributesOf(variables.OTEL_RESOURCE_ATTRIBUTES ?? ''),
        sampledShare: variables.OTEL_TRACES_SAMPLER_ARG,
        batchDelayMs: variables.OTEL_BSP_SCHEDULE_DELAY,
        propagation: variables.TRACE_PROPAGATION,
      };

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(',')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
      }),
  );

export type TraceConfig = NonNullable<ReturnType<typeof traceConfig>>;
