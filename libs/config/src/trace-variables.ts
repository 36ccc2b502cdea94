import type { Environment } from './environment.ts';
import { resourceNames } from './naming.ts';

/** Where the spans of a task go, and what is said of it besides its own name. */
export interface TraceDestination {
  /** URL of the collector, without a path (OTLP over HTTP). */
  readonly endpoint: string;
  /** Share of the requests that are traced, 0 to 1. */
  readonly sampledShare: number;
  /** Attributes of the resource, by their names in OpenTelemetry’s semantic conventions. @default none */
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * Environment variables of a traced task, on AWS and on the twin. The names are OpenTelemetry’s, so that a program of the user’s
 * that has an SDK of its own finds them too; TRACE_PROPAGATION is the shipped backend’s.
 */
export const traceVariables = (
  environment: Environment,
  { endpoint, sampledShare, attributes = {} }: TraceDestination,
): Readonly<Record<string, string>> => {
  const { propagation } = environment.observability.tracing;
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_SERVICE_NAME: resourceNames(environment).service,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries({
      'deployment.environment.name': environment.stage,
      ...attributes,
    })
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
      .join(','),
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(sampledShare),
    // The last one that finds a trace has the say (OpenTelemetry, composite propagator).
    OTEL_PROPAGATORS: propagation === 'w3c' ? 'xray,tracecontext' : 'tracecontext,xray',
    TRACE_PROPAGATION: propagation,
  };
};
