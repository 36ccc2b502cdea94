import type { SourceParts } from './otlp-parts.ts';
import { ProtobufWriter, taggedLength, utf8Length } from './protobuf-writer.ts';
import type { SpanEnd, SpanStart } from './recorded-span.ts';
import {
  leastBytes,
  spanIdBytes,
  writeEndTime,
  writeFlags,
  writeParentSpanId,
  writeSpanId,
  writeStartTime,
  writeTraceId,
} from './span-fields.ts';
import { TextAttribute } from './text-attribute.ts';

/** Of the fields `spans` of `ScopeSpans`, `scope_spans` of `ResourceSpans`, and `resource_spans` of the request. */
const spansTag = 0x12;
const scopeSpansTag = 0x12;
const resourceSpansTag = 0x0a;

const urlPath = new TextAttribute('url.path');
const traceHeader = new TextAttribute('http.request.header.x-amzn-trace-id', { isList: true });

/** Of two tags with the longest lengths. */
const headroomBytes = 2 * (1 + 5);

/**
 * A batch of spans as OTLP (opentelemetry-proto, `ExportTraceServiceRequest`), written span by span as they end: nothing of a
 * span is kept, so that it dies young. What is known beforehand is copied from the parts of its shape.
 */
export class SpanBatch {
  readonly #source: SourceParts;
  readonly #out: ProtobufWriter;
  readonly #spansFrom: number;
  #spanCount = 0;

  /** @param memory is written over */
  constructor(source: SourceParts, memory: SharedArrayBuffer) {
    this.#source = source;
    this.#out = new ProtobufWriter(memory);
    // What goes before the spans holds their length, and is written last.
    this.#spansFrom = headroomBytes + source.resource.length + source.scope.length;
    this.#out.at = this.#spansFrom;
  }

  get spanCount(): number {
    return this.#spanCount;
  }

  /** @returns false where there is no room for it */
  add(start: SpanStart, end: SpanEnd): boolean {
    const out = this.#out;
    const { parent, amznTraceId } = start;
    const { path } = end;
    const { before, attributes, after } = end.shape.parts;
    const pathBytes = path === undefined ? 0 : utf8Length(path);
    const headerBytes = amznTraceId === undefined ? 0 : utf8Length(amznTraceId);
    const length =
      leastBytes +
      (parent === undefined ? 0 : spanIdBytes) +
      before.length +
      attributes.length +
      (path === undefined ? 0 : urlPath.length(pathBytes)) +
      (amznTraceId === undefined ? 0 : traceHeader.length(headerBytes)) +
      after.length;
    if (out.at + taggedLength(length) > out.bytes.length) return false;
    out.tagged(spansTag, length);
    writeTraceId(out, start.trace);
    writeSpanId(out, start.span);
    if (parent !== undefined) writeParentSpanId(out, parent);
    out.part(before);
    writeStartTime(out, start.startMs);
    writeEndTime(out, end.endMs);
    out.part(attributes);
    if (path !== undefined) urlPath.write(out, path, pathBytes);
    if (amznTraceId !== undefined) traceHeader.write(out, amznTraceId, headerBytes);
    out.part(after);
    writeFlags(out, start.hasRemoteParent);
    this.#spanCount += 1;
    return true;
  }

  /** The request with all spans that were added; none may be added after it. */
  finish(): Uint8Array<SharedArrayBuffer> {
    const out = this.#out;
    const { resource, scope } = this.#source;
    const end = out.at;
    const scopeSpansLength = scope.length + end - this.#spansFrom;
    const resourceSpansLength = resource.length + taggedLength(scopeSpansLength);
    const from = end - taggedLength(resourceSpansLength);
    out.at = from;
    out.tagged(resourceSpansTag, resourceSpansLength);
    out.part(resource);
    out.tagged(scopeSpansTag, scopeSpansLength);
    out.part(scope);
    out.at = end;
    return out.bytes.subarray(from, end);
  }
}
