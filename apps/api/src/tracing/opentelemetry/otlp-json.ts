import { type Attributes, type AttributeValue, SpanStatusCode } from '@opentelemetry/api';
import type { RecordedSpan } from './recorded-span.ts';
import type { SpanShape } from './span-shape.ts';

/**
 * OTLP in JSON (opentelemetry-proto, `ExportTraceServiceRequest`), as OpenTelemetry’s own serializer writes it, without the
 * fields that have their default. Text is put together from parts that are written out once for all spans of a shape: the
 * general way, over objects of each attribute, costs several times as much.
 */
export class OtlpJson {
  readonly #parts = new WeakMap<SpanShape, ShapeParts>();
  #head: string | undefined;

  /**
   * @param spare of an earlier batch, to be written over. @returns undefined for no spans; else bytes whose memory is theirs
   * alone, so that a thread may have it
   */
  serializeRequest(spans: readonly RecordedSpan[], spare?: OtlpBytes): OtlpBytes | undefined {
    const [first] = spans;
    if (first === undefined) return undefined;
    this.#head ??= headOf(first);
    // Span by span: the text of a whole batch would be one more copy of it, too large for the fast part of the heap.
    const bytes = new GrowingBytes(spare ?? this.#head.length + spans.length * usualSpanBytes);
    bytes.write(this.#head);
    let separator = '';
    for (const span of spans) {
      bytes.write(separator + this.#written(span));
      separator = ',';
    }
    bytes.write(']}]}]}');
    return bytes.written();
  }

  #written(span: RecordedSpan): string {
    const { before, attributes, after } = this.#partsOf(span.shape);
    const { traceId, spanId, parentSpanId, hasRemoteParent, startMs, endMs, path, amznTraceId } = span;
    const parent = parentSpanId === undefined ? '' : `"parentSpanId":"${parentSpanId}",`;
    const own =
      (path === undefined ? '' : `{"key":"url.path","value":{"stringValue":${quoted(path)}}}`) +
      (amznTraceId === undefined
        ? ''
        : `${path === undefined ? '' : ','}{"key":"http.request.header.x-amzn-trace-id","value":{"arrayValue":{"values":[{"stringValue":${quoted(amznTraceId)}}]}}}`);
    const separator = own === '' || attributes === '' ? '' : ',';
    return (
      `{"traceId":"${traceId}","spanId":"${spanId}",${parent}"flags":${hasRemoteParent ? remoteFlags : localFlags},${before}` +
      `"startTimeUnixNano":"${nanoseconds(startMs)}","endTimeUnixNano":"${nanoseconds(endMs)}",` +
      `"attributes":[${attributes}${separator}${own}]${after}}`
    );
  }

  #partsOf(shape: SpanShape): ShapeParts {
    let parts = this.#parts.get(shape);
    if (parts === undefined) {
      parts = partsOf(shape);
      this.#parts.set(shape, parts);
    }
    return parts;
  }
}

export type OtlpBytes = Uint8Array<ArrayBuffer>;

/** With the attributes of a request. */
const usualSpanBytes = 640;

/** UTF-8 text, written part by part. */
class GrowingBytes {
  #bytes: Buffer<ArrayBuffer>;
  #length = 0;

  /** @param spare memory that is no longer needed, or how much there is to be */
  constructor(spare: OtlpBytes | number) {
    // Not a part of the pool that small buffers share.
    this.#bytes = typeof spare === 'number' ? Buffer.allocUnsafeSlow(spare) : Buffer.from(spare.buffer);
  }

  write(text: string): void {
    // A code unit is at most three bytes.
    const most = this.#length + text.length * 3;
    if (most > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(most * 2);
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#length += this.#bytes.write(text, this.#length);
  }

  written(): OtlpBytes {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** Sampled, and whether the parent is known to be remote (opentelemetry-proto, `SpanFlags`). */
const localFlags = 0x101;
const remoteFlags = 0x301;

interface ShapeParts {
  /** Name and kind. */
  readonly before: string;
  readonly attributes: string;
  /** The status where it is set. */
  readonly after: string;
}

/** OTLP’s numbers of kinds begin with one for “unspecified”. */
const partsOf = ({ name, kind, attributes, status }: SpanShape): ShapeParts => ({
  before: `"name":${JSON.stringify(name)},"kind":${kind + 1},`,
  attributes: keyValues(attributes).join(','),
  after: status.code === SpanStatusCode.UNSET ? '' : `,"status":${JSON.stringify(status)}`,
});

const headOf = ({ resource, instrumentationScope: { name, version } }: RecordedSpan): string =>
  `{"resourceSpans":[{"resource":{"attributes":[${keyValues(resource.attributes).join(',')}]},` +
  `"scopeSpans":[{"scope":${JSON.stringify({ name, version })},"spans":[`;

const keyValues = (attributes: Attributes): string[] =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`{"key":${JSON.stringify(key)},"value":${JSON.stringify(anyValue(value))}}`],
  );

/** @param value of an attribute that is fixed for a shape or a process: text, or a number */
const anyValue = (value: AttributeValue): object =>
  typeof value === 'number' && Number.isInteger(value) ? { intValue: value } : { stringValue: String(value) };

/** Digits of three; numbers are slow to write out. */
const threeDigits = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));
let secondWritten = 0;
let secondText = '';

/** Nanoseconds since the epoch, to the microsecond. */
function nanoseconds(epochMs: number): string {
  const microseconds = Math.round(epochMs * 1000);
  const seconds = Math.floor(microseconds / 1e6);
  if (seconds !== secondWritten) {
    secondWritten = seconds;
    secondText = String(seconds);
  }
  const rest = microseconds - seconds * 1e6;
  const milliseconds = Math.floor(rest / 1000);
  return `${secondText}${threeDigits[milliseconds] ?? ''}${threeDigits[rest - milliseconds * 1000] ?? ''}000`;
}

/** Printable ASCII without quote and backslash stands for itself in JSON. */
const plain = /^[ !#-[\]-~]*$/;
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
