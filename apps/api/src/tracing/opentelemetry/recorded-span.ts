import type { Attributes } from '@opentelemetry/api';
import type { InstrumentationScope } from '@opentelemetry/core';
import type { RequestSpan } from '../tracing.ts';
import type { SpanShape } from './span-shape.ts';
import type { SpanId, TraceId } from './trace-ids.ts';

/** Who makes the spans: the same for all of a process. */
export interface SpanSource {
  readonly resource: Attributes;
  readonly scope: InstrumentationScope;
}

export interface SpanStart {
  readonly trace: TraceId;
  readonly span: SpanId;
  readonly parent: SpanId | undefined;
  /** Whether the parent is a span of another process. */
  readonly hasRemoteParent: boolean;
  /** `X-Amzn-Trace-Id` as it came: with a `Self` it names this hop in the balancer’s log. */
  readonly amznTraceId: string | undefined;
  /** Milliseconds since the epoch, with a fraction. */
  readonly startMs: number;
}

/** A sampled span that has begun. What else it says is known at its end. */
export class RecordedSpan implements RequestSpan, SpanStart {
  readonly trace: TraceId;
  readonly span: SpanId;
  readonly parent: SpanId | undefined;
  readonly hasRemoteParent: boolean;
  readonly amznTraceId: string | undefined;
  readonly startMs: number;

  constructor(start: SpanStart) {
    this.trace = start.trace;
    this.span = start.span;
    this.parent = start.parent;
    this.hasRemoteParent = start.hasRemoteParent;
    this.amznTraceId = start.amznTraceId;
    this.startMs = start.startMs;
  }

  get traceId(): string {
    return this.trace.digits;
  }

  get spanId(): string {
    return this.span.digits;
  }
}

/** How a span ended. */
export interface SpanEnd {
  readonly shape: SpanShape;
  /** Milliseconds since the epoch, with a fraction. */
  readonly endMs: number;
  /** `url.path`. */
  readonly path: string | undefined;
}

/** Takes a span that has ended. */
export type TakeSpan = (start: SpanStart, end: SpanEnd) => void;
