import { describe, expect, test } from '@jest/globals';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { OtlpJson } from './otlp-json.ts';
import { RecordedSpan } from './recorded-span.ts';
import { serverShape, storeShape } from './span-shape.ts';

const source = {
  resource: resourceFromAttributes({ 'service.name': 'shop “1”', 'service.version': '1.2.3' }),
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

const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
const id = (digits: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdef')),
    minLength: digits,
    maxLength: digits,
  });
/** Milliseconds since the epoch that are whole microseconds, as they are read back. */
const time = fc
  .integer({ min: 1_700_000_000_000_000, max: 1_900_000_000_000_000 })
  .map((value) => value / 1000);
const span = fc
  .record({
    traceId: id(32),
    spanId: id(16),
    parentSpanId: optional(id(16)),
    amznTraceId: optional(fc.string({ unit: 'binary' })),
    hasRemoteParent: fc.boolean(),
    shape: fc.constantFrom(...shapes),
    startMs: time,
    endMs: time,
    path: optional(fc.string({ unit: 'grapheme' })),
  })
  .map(({ shape, startMs, endMs, path, ...start }) => {
    const made = new RecordedSpan(source, {
      ...start,
      hasRemoteParent: start.hasRemoteParent && start.parentSpanId !== undefined,
    });
    return Object.assign(made, { shape, startMs, endMs, path });
  });

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

/** Without the fields that have their default, which a reader fills in. */
const withoutDefaults = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => {
    if (value === 0 || (Array.isArray(value) && value.length === 0 && key !== 'attributes')) return undefined;
    const isUnset = key === 'status' && JSON.stringify(value) === '{}';
    return isUnset ? undefined : value;
  });

describe('OTLP in JSON', () => {
  test('says of any spans what OpenTelemetry’s own serializer says', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 5 }), (spans) => {
        const own = withoutDefaults(textOf(new OtlpJson().serializeRequest(spans)));
        const theirs = withoutDefaults(textOf(JsonTraceSerializer.serializeRequest(spans as ReadableSpan[])));
        expect(own).toEqual(theirs);
      }),
      { numRuns: 200 },
    );
  });

  test('is nothing for no spans', () => {
    expect(new OtlpJson().serializeRequest([])).toBeUndefined();
  });
});
