import { ROOT_CONTEXT, type SpanContext, TraceFlags, type TextMapGetter, trace } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { isInShare } from './sampled-share.ts';
import type { TraceConfig } from '../trace-variables.ts';

/** What the headers of a request say of its trace. */
export interface RemoteTrace {
  readonly traceId: string;
  /** Undefined where a balancer began the trace: it sends an id and no span. */
  readonly parentSpanId: string | undefined;
  /** Undefined where no decision was made yet. */
  readonly isSampled: boolean | undefined;
}

/** The two headers that can carry a trace, as they were sent. */
export interface TraceHeaders {
  readonly traceparent: string | undefined;
  /** `X-Amzn-Trace-Id`. */
  readonly amznTraceId: string | undefined;
}

/** The trace that a request is part of; of two, the one that `propagation` prefers. */
export function remoteTrace(
  { traceparent, amznTraceId }: TraceHeaders,
  propagation: TraceConfig['propagation'],
): RemoteTrace | undefined {
  if (traceparent === undefined && amznTraceId === undefined) return undefined;
  const w3c = () => (traceparent === undefined ? undefined : fromW3c(traceparent));
  const xray = () => (amznTraceId === undefined ? undefined : fromXray(amznTraceId));
  return propagation === 'w3c' ? (w3c() ?? xray()) : (xray() ?? w3c());
}

/** `Root=1-` and eight digits, a hyphen and twenty-four digits: what a balancer sends of a request without a trace. */
const bareRootLength = 40;
const bareRootIdAt = 16;

/** Whether the headers are a balancer’s alone, of a trace that is not in the share: found out without reading the rest of them. */
export const isLeftOut = ({ traceparent, amznTraceId }: TraceHeaders, share: number): boolean =>
  traceparent === undefined &&
  amznTraceId?.length === bareRootLength &&
  amznTraceId.startsWith('Root=1-') &&
  !isInShare(amznTraceId, share, bareRootIdAt);

function fromW3c(traceparent: string): RemoteTrace | undefined {
  const context = parseTraceParent(traceparent);
  return context === null ? undefined : ofSpan(context);
}

const root = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})\s*(?:;|$)/i;
const sampled = /(?:^|;)\s*Sampled=([01])\s*(?:;|$)/i;
const xrayPropagator = new AWSXRayPropagator();
const asOnlyField: TextMapGetter<string> = {
  keys: () => xrayPropagator.fields(),
  get: (header) => header,
};

/**
 * X-Ray’s header. OpenTelemetry’s propagator takes it where it names a parent and a decision; a balancer’s has a `Root` alone, whose
 * id the trace gets here, so that the balancer’s own log names it too.
 */
function fromXray(header: string): RemoteTrace | undefined {
  const context = header.includes('Parent=')
    ? trace.getSpanContext(xrayPropagator.extract(ROOT_CONTEXT, header, asOnlyField))
    : undefined;
  if (context !== undefined) return ofSpan(context);
  const found = root.exec(header);
  if (found === null) return undefined;
  const [, time = '', unique = ''] = found;
  const decision = sampled.exec(header)?.[1];
  return {
    traceId: (time + unique).toLowerCase(),
    parentSpanId: undefined,
    isSampled: decision === undefined ? undefined : decision === '1',
  };
}

const ofSpan = ({ traceId, spanId, traceFlags }: SpanContext): RemoteTrace => ({
  traceId: traceId.toLowerCase(),
  parentSpanId: spanId.toLowerCase(),
  isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0,
});
