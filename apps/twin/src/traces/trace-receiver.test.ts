import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type AttributeValue, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { otlpJsonOf } from './otlp-protobuf.ts';
import type { OtlpRequest } from './otlp-request.ts';
import { traceReceiver } from './trace-receiver.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const context = { traceId, spanId: 'b7ad6b7169203331', traceFlags: TraceFlags.SAMPLED };

/** A span with something in every field. */
const spanWith = (attributes: Readonly<Record<string, AttributeValue>>): ReadableSpan => ({
  name: 'GET /“shop”',
  kind: SpanKind.SERVER,
  spanContext: () => context,
  parentSpanContext: { ...context, spanId: '00f067aa0ba902b7', isRemote: true },
  startTime: [1_700_000_000, 123_456_789],
  endTime: [1_700_000_001, 987_654_321],
  duration: [1, 864_197_532],
  ended: true,
  status: { code: SpanStatusCode.ERROR, message: 'down' },
  attributes,
  links: [{ context: { ...context, spanId: '1111111111111111' }, attributes: { why: 'retry' } }],
  events: [{ name: 'exception', time: [1_700_000_000, 5], attributes: { 'exception.type': 'Error' } }],
  resource: resourceFromAttributes({ 'service.name': 'shop', 'process.pid': 7 }),
  instrumentationScope: { name: 'test', version: '1', schemaUrl: 'https://opentelemetry.io/schemas/1.41.0' },
  droppedAttributesCount: 1,
  droppedEventsCount: 2,
  droppedLinksCount: 3,
});

const json = (spans: ReadableSpan[]): unknown =>
  JSON.parse(Buffer.from(JsonTraceSerializer.serializeRequest(spans) ?? []).toString('utf8'));
const protobuf = (spans: ReadableSpan[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []);

const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noInteger: true, noDefaultInfinity: true }),
  fc.array(fc.string()),
);

/** 64 bits may be text or a number in JSON, and lists that are empty may be left out. */
const plain = (request: unknown): unknown =>
  JSON.parse(JSON.stringify(request), (key, found: unknown) => {
    if (key === 'intValue') return Number(found);
    return Array.isArray(found) && found.length === 0 ? undefined : found;
  });

describe('OTLP in protobuf', () => {
  test('says what OpenTelemetry’s own serializer writes in JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), value), (attributes) => {
        const spans = [spanWith(attributes), spanWith({})];
        expect(plain(otlpJsonOf(protobuf(spans)))).toEqual(plain(json(spans)));
      }),
      { numRuns: 100 },
    );
  });

  test('that is none is an error, whatever the bytes', () => {
    const valid = protobuf([spanWith({ list: ['a', 'b'] })]);
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(valid);
        changed[at] = byte;
        try {
          expect(otlpJsonOf(changed)).toBeInstanceOf(Object);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
    expect(() => otlpJsonOf(valid.subarray(0, -1))).toThrow();
    expect(() => otlpJsonOf(Uint8Array.from([0x12, 0x05]))).toThrow('longer than');
  });
});

describe('the receiver of traces', () => {
  const taken: { request: OtlpRequest; text: string }[] = [];
  let failure: Error | undefined;
  beforeEach(() => {
    taken.length = 0;
    failure = undefined;
  });
  const app = traceReceiver((request, text) => {
    if (failure !== undefined) throw failure;
    taken.push({ request, text });
  });
  const post = async (
    body: Uint8Array<ArrayBuffer> | string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response> => app.request('/v1/traces', { method: 'POST', body, headers });
  const binary = { 'content-type': 'application/x-protobuf' };
  const message = async (response: Response): Promise<string> =>
    new PbfReader(new Uint8Array(await response.arrayBuffer())).readFields((field, found, reader) => {
      if (field === 2) found.push(reader.readString());
    }, [] as string[])[0] ?? '';

  const spans = [spanWith({ 'http.route': '/shop' })];

  test.each([
    ['protobuf', protobuf(spans), binary],
    [
      'protobuf by gzip',
      Uint8Array.from(gzipSync(protobuf(spans))),
      { ...binary, 'content-encoding': 'gzip' },
    ],
    ['JSON', JSON.stringify(json(spans)), { 'content-type': 'application/json; charset=utf-8' }],
  ])('takes spans in %s, and answers in kind', async (_, body, headers) => {
    const response = await post(body, headers);
    expect(response.status).toBe(200);
    expect(headers['content-type']).toContain(response.headers.get('content-type'));
    expect(await response.text()).toBe(
      response.headers.get('content-type') === 'application/json' ? '{}' : '',
    );
    expect(taken).toHaveLength(1);
    expect(plain(JSON.parse(taken[0]?.text ?? ''))).toEqual(plain(json(spans)));
    const [own] = taken[0]?.request.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    expect(own).toMatchObject({
      traceId,
      name: 'GET /“shop”',
      startTimeUnixNano: 1_700_000_000_123_456_789n,
    });
    expect(own?.attributes).toEqual(new Map([['http.route', '/shop']]));
  });

  test('refuses what it cannot read, in the words of the format', async () => {
    const cut = await post(protobuf(spans).subarray(0, -1), binary);
    expect([cut.status, await message(cut)]).toEqual([400, expect.stringMatching(/./)]);
    const zipped = await post(protobuf(spans), { ...binary, 'content-encoding': 'gzip' });
    expect([zipped.status, await message(zipped)]).toEqual([400, expect.stringContaining('header')]);
    const text = await post('{', { 'content-type': 'application/json' });
    expect([text.status, await text.json()]).toEqual([400, { message: expect.stringContaining('JSON') }]);
    const other = await post('spans', { 'content-type': 'text/plain' });
    expect([other.status, await other.text()]).toEqual([
      415,
      expect.stringContaining('application/x-protobuf'),
    ]);
    expect(taken).toEqual([]);
  });

  test('refuses more than a collector takes, packed or not', async () => {
    const large = new Uint8Array(20 * 2 ** 20 + 1);
    expect((await post(large, binary)).status).toBe(413);
    const packed = await post(Uint8Array.from(gzipSync(large)), { ...binary, 'content-encoding': 'gzip' });
    expect(packed.status).toBe(400);
    expect(taken).toEqual([]);
  });

  test('says why it could not keep spans', async () => {
    failure = new Error('no space left');
    const response = await post(protobuf(spans), binary);
    expect([response.status, await message(response)]).toEqual([500, 'no space left']);
  });
});
