import type { ProtobufWriter } from './protobuf-writer.ts';
import type { SpanId, TraceId } from './trace-ids.ts';

/** Tags of the fields of `Span` (opentelemetry-proto): field and wire type. Ids with their length. */
const traceIdTag = 0x0a10;
const spanIdTag = 0x1208;
const parentSpanIdTag = 0x2208;
const startTimeTag = 0x39;
const endTimeTag = 0x41;
const flagsTag = 0x8501;

const traceIdBytes = 18;
export const spanIdBytes = 10;
const timeBytes = 9;
const flagsBytes = 6;
/** Of the fields that every span has and that are as long in each. */
export const leastBytes = traceIdBytes + spanIdBytes + 2 * timeBytes + flagsBytes;

/** Sampled, and whether the parent is known to be remote (opentelemetry-proto, `SpanFlags`). */
const localFlags = 0x101;
const remoteFlags = 0x301;

export function writeTraceId(out: ProtobufWriter, { word0, word1, word2, word3 }: TraceId): void {
  out.pair(traceIdTag);
  out.word(word0);
  out.word(word1);
  out.word(word2);
  out.word(word3);
}

export const writeSpanId = (out: ProtobufWriter, id: SpanId): void => writeId(out, spanIdTag, id);

export const writeParentSpanId = (out: ProtobufWriter, id: SpanId): void => writeId(out, parentSpanIdTag, id);

function writeId(out: ProtobufWriter, tag: number, { word0, word1 }: SpanId): void {
  out.pair(tag);
  out.word(word0);
  out.word(word1);
}

/** @param epochMs with a fraction */
export const writeStartTime = (out: ProtobufWriter, epochMs: number): void =>
  writeTime(out, startTimeTag, epochMs);

/** @param epochMs with a fraction */
export const writeEndTime = (out: ProtobufWriter, epochMs: number): void =>
  writeTime(out, endTimeTag, epochMs);

/** Nanoseconds since the epoch, to the microsecond: 64 bits, the lower 32 first. */
function writeTime(out: ProtobufWriter, tag: number, epochMs: number): void {
  const microseconds = Math.round(epochMs * 1000);
  const upper = Math.floor(microseconds / 2 ** 32);
  const lowerNanoseconds = (microseconds - upper * 2 ** 32) * 1000;
  const carried = Math.floor(lowerNanoseconds / 2 ** 32);
  out.byte(tag);
  out.fixed32(lowerNanoseconds - carried * 2 ** 32);
  out.fixed32(upper * 1000 + carried);
}

export function writeFlags(out: ProtobufWriter, hasRemoteParent: boolean): void {
  out.pair(flagsTag);
  out.fixed32(hasRemoteParent ? remoteFlags : localFlags);
}
