import { describe, expect, test } from '@jest/globals';
import { type HrTime, TraceFlags } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { sourceParts } from './otlp-parts.ts';
import type { SpanEnd, SpanStart } from './recorded-span.ts';
import { SpanBatch } from './span-batch.ts';
import { serverShape, storeShape } from './span-shape.ts';
import { spanIdOf, traceIdOf } from './trace-ids.ts';

const source = {
  resource: { 'service.name': 'shop “1”', 'service.version': '1.2.3', 'host.name': 'h'.repeat(200) },
  scope: { name: '@tideline/api', version: '1.2.3' },
};
const shapes = [
  serverShape('/host', 'GET', 200),
  serverShape(undefined, 'PURGE', 404),
  serverShape('/session', 'GET', 503),
  storeShape(
    { kind: 'redis', server: { address: 'cache', port: 6379 }, isFailure: () => true },
    'touch',
    undefined,
  ),
  storeShape({ kind: 's3', bucket: 'files', isFailure: () => true }, 'put', 'FileStoreUnavailable'),
];

interface Span {
  readonly start: SpanStart;
  readonly end: SpanEnd;
}

const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
const id = (digits: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdef')),
    minLength: digits,
    maxLength: digits,
  });
const microseconds = fc.integer({ min: 0, max: 1_900_000_000_000_000 });
/** Of every length that takes another number of bytes, of any characters. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.integer({ min: 0, max: 20_000 }).map((length) => '/'.padEnd(length, 'path')),
);
const span: fc.Arbitrary<Span> = fc
  .record({
    trace: id(32).map(traceIdOf),
    span: id(16).map(spanIdOf),
    parent: optional(id(16).map(spanIdOf)),
    isRemote: fc.boolean(),
    amznTraceId: optional(text),
    startMs: microseconds.map((value) => value / 1000),
    endMs: microseconds.map((value) => value / 1000),
    shape: fc.constantFrom(...shapes),
    path: optional(text),
  })
  .map(({ shape, endMs, path, isRemote, ...start }) => ({
    start: { ...start, hasRemoteParent: isRemote && start.parent !== undefined },
    end: { shape, endMs, path },
  }));

const theirSource = {
  resource: resourceFromAttributes(source.resource),
  instrumentationScope: source.scope,
};
const traceFlags = TraceFlags.SAMPLED;

/** As OpenTelemetry’s SDK has it. */
function readable({ start, end }: Span): ReadableSpan {
  const { digits: traceId } = start.trace;
  const { name, kind, attributes, status } = end.shape;
  return {
    ...theirSource,
    ...{ name, kind, status, links: [], events: [], ended: true, duration: [0, 0] },
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
    spanContext: () => ({ traceId, spanId: start.span.digits, traceFlags }),
    ...(start.parent && {
      parentSpanContext: {
        traceId,
        spanId: start.parent.digits,
        traceFlags,
        isRemote: start.hasRemoteParent,
      },
    }),
    startTime: hrTime(start.startMs),
    endTime: hrTime(end.endMs),
    attributes: {
      ...attributes,
      ...(end.path === undefined ? {} : { 'url.path': end.path }),
      ...(start.amznTraceId === undefined
        ? {}
        : { 'http.request.header.x-amzn-trace-id': [start.amznTraceId] }),
    },
  };
}

function hrTime(milliseconds: number): HrTime {
  const microseconds = Math.round(milliseconds * 1000);
  return [Math.floor(microseconds / 1e6), (microseconds % 1e6) * 1000];
}

const batchOf = (bytes: number) => new SpanBatch(sourceParts(source), new SharedArrayBuffer(bytes));

describe('a batch', () => {
  test('of any spans has the bytes that OpenTelemetry’s own serializer writes', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 5 }), (spans) => {
        const batch = batchOf(2 ** 20);
        for (const { start, end } of spans) expect(batch.add(start, end)).toBe(true);
        expect(batch.spanCount).toBe(spans.length);
        const theirs = ProtobufTraceSerializer.serializeRequest(spans.map(readable));
        expect(Buffer.compare(Buffer.from(batch.finish()), Buffer.from(theirs ?? []))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('takes spans up to the last byte, and is the same without one that has no room', () => {
    fc.assert(
      fc.property(span, span, fc.integer({ min: 1, max: 40 }), (one, other, missingBytes) => {
        const roomy = batchOf(2 ** 20);
        roomy.add(one.start, one.end);
        const whole = Buffer.from(roomy.finish());
        // What is written before the spans may take some bytes less than are kept for it.
        const memory = roomy.finish().byteOffset + whole.length;
        const tight = batchOf(memory);
        expect(tight.add(one.start, one.end)).toBe(true);
        expect(tight.add(other.start, other.end)).toBe(false);
        expect(Buffer.compare(Buffer.from(tight.finish()), whole)).toBe(0);
        expect(batchOf(memory - missingBytes).add(one.start, one.end)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
