import { PbfReader } from 'pbf';

type Read = (reader: PbfReader) => unknown;

interface Field {
  /** Of OTLP in JSON. */
  readonly name: string;
  readonly read: Read;
  /** Whether it may come several times. */
  readonly isList: boolean;
}

type Fields = Readonly<Record<number, Field>>;

const one = (name: string, read: Read): Field => ({ name, read, isList: false });
const list = (name: string, read: Read): Field => ({ name, read, isList: true });

const text: Read = (reader) => reader.readString();
const flag: Read = (reader) => reader.readBoolean();
const count: Read = (reader) => reader.readVarint();
const bits: Read = (reader) => reader.readFixed32();
const double: Read = (reader) => reader.readDouble();
const base64: Read = (reader) => Buffer.from(reader.readBytes()).toString('base64');
/** Ids are in hexadecimal, where JSON has other bytes in base 64 (OTLP/HTTP, “JSON Protobuf Encoding”). */
const id: Read = (reader) => Buffer.from(reader.readBytes()).toString('hex');
/** 64 bits are text in JSON. */
const integer: Read = (reader) => String(reader.readVarint(true));
const nanoseconds: Read = (reader) => {
  const low = reader.readFixed32();
  return String((BigInt(reader.readFixed32()) << 32n) + BigInt(low));
};

function read(fields: Fields, reader: PbfReader, end: number): Record<string, unknown> {
  // Lists have no field for being empty.
  const lists = Object.values(fields).flatMap(({ name, isList }) => (isList ? [[name, []] as const] : []));
  const result: Record<string, unknown> = Object.fromEntries(lists);
  return reader.readFields(
    (number, into, from) => {
      const field = fields[number];
      if (field === undefined) return;
      const value = field.read(from);
      const known = into[field.name];
      if (Array.isArray(known)) known.push(value);
      else into[field.name] = value;
    },
    result,
    end,
  );
}

const message =
  (fields: Fields): Read =>
  (reader) =>
    read(fields, reader, reader.readVarint() + reader.pos);

// The numbers are those of opentelemetry-proto (`common`, `resource` and `trace`, version 1).

/** It may hold others. */
const anyValue: Read = (reader) => readAnyValue(reader);
const keyValue = message({ 1: one('key', text), 2: one('value', anyValue) });
const readAnyValue = message({
  1: one('stringValue', text),
  2: one('boolValue', flag),
  3: one('intValue', integer),
  4: one('doubleValue', double),
  5: one('arrayValue', message({ 1: list('values', anyValue) })),
  6: one('kvlistValue', message({ 1: list('values', keyValue) })),
  7: one('bytesValue', base64),
});

const attributes = list('attributes', keyValue);
const droppedAttributes = one('droppedAttributesCount', count);
const schemaUrl = one('schemaUrl', text);
const name = one('name', text);
const ids = { 1: one('traceId', id), 2: one('spanId', id), 3: one('traceState', text) };
const flags = one('flags', bits);

const event = message({ 1: one('timeUnixNano', nanoseconds), 2: name, 3: attributes, 4: droppedAttributes });
const link = message({ ...ids, 4: attributes, 5: droppedAttributes, 6: flags });
const span = message({
  ...ids,
  4: one('parentSpanId', id),
  5: name,
  6: one('kind', count),
  7: one('startTimeUnixNano', nanoseconds),
  8: one('endTimeUnixNano', nanoseconds),
  9: attributes,
  10: droppedAttributes,
  11: list('events', event),
  12: one('droppedEventsCount', count),
  13: list('links', link),
  14: one('droppedLinksCount', count),
  15: one('status', message({ 2: one('message', text), 3: one('code', count) })),
  16: flags,
});
const scope = message({ 1: name, 2: one('version', text), 3: attributes, 4: droppedAttributes });
const scopeSpans = message({ 1: one('scope', scope), 2: list('spans', span), 3: schemaUrl });
const resource = message({ 1: attributes, 2: droppedAttributes });
const resourceSpans = message({
  1: one('resource', resource),
  2: list('scopeSpans', scopeSpans),
  3: schemaUrl,
});
const request: Fields = { 1: list('resourceSpans', resourceSpans) };

/**
 * `ExportTraceServiceRequest` in protobuf, as OTLP in JSON would have it. Whole numbers of attributes beyond 2^53 lose digits.
 * @throws Error for bytes that are none
 */
export function otlpJsonOf(bytes: Uint8Array): unknown {
  const reader = new PbfReader(bytes);
  const result = read(request, reader, bytes.length);
  if (reader.pos !== bytes.length) throw new RangeError('a field is longer than the request');
  return result;
}
