import { PbfReader, PbfWriter } from 'pbf';

export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  name: string;
}

/** The spans of an `ExportTraceServiceRequest` (opentelemetry-proto), as far as tests ask for them. */
export function receivedSpans(body: Uint8Array): readonly ReceivedSpan[] {
  const spans: ReceivedSpan[] = [];
  const hexadecimal = (reader: PbfReader) => Buffer.from(reader.readBytes()).toString('hex');
  const readSpan = (field: number, span: ReceivedSpan, reader: PbfReader): void => {
    if (field === 1) span.traceId = hexadecimal(reader);
    if (field === 2) span.spanId = hexadecimal(reader);
    if (field === 5) span.name = reader.readString();
  };
  const readScopeSpans = (field: number, _: undefined, reader: PbfReader): void => {
    if (field === 2) spans.push(reader.readMessage(readSpan, { traceId: '', spanId: '', name: '' }));
  };
  const readResourceSpans = (field: number, _: undefined, reader: PbfReader): void => {
    if (field === 2) reader.readMessage(readScopeSpans, undefined);
  };
  new PbfReader(body).readFields((field, _, reader) => {
    if (field === 1) reader.readMessage(readResourceSpans, undefined);
  }, undefined);
  return spans;
}

/** `ExportTraceServiceResponse` of a collector that did not take all spans. */
export function partialSuccess(rejectedSpans: number, errorMessage: string): Uint8Array {
  const response = new PbfWriter();
  response.writeMessage(
    1,
    (_, message) => {
      message.writeVarintField(1, rejectedSpans);
      message.writeStringField(2, errorMessage);
    },
    undefined,
  );
  return response.finish();
}
