import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { PbfWriter } from 'pbf';
import type { SpanSource } from './recorded-span.ts';
import type { SpanDescription } from './span-shape.ts';

/** What all spans of a shape have in common, as OTLP writes it (opentelemetry-proto, `Span`). */
export interface ShapeParts {
  /** Name and kind. */
  readonly before: Uint8Array;
  readonly attributes: Uint8Array;
  /** That nothing was dropped, and the status. */
  readonly after: Uint8Array;
}

/** Written as OpenTelemetry’s own serializer does, fields with their default included: a test compares the bytes. */
export const shapeParts = ({ name, kind, attributes, status }: SpanDescription): ShapeParts => ({
  before: written((out) => {
    out.writeStringField(5, name);
    // OTLP’s numbers of kinds begin with one for “unspecified”.
    out.writeVarintField(6, kind + 1);
  }),
  attributes: written((out) => writeAttributes(out, 9, attributes)),
  after: written((out) => {
    for (const droppedCount of [10, 12, 14]) out.writeVarintField(droppedCount, 0);
    out.writeMessage(15, (code, message) => message.writeVarintField(3, code), status.code);
  }),
});

/** What is said once for all spans of a process: the fields of `ResourceSpans` and of `ScopeSpans` that come before the spans. */
export interface SourceParts {
  readonly resource: Uint8Array;
  readonly scope: Uint8Array;
}

export const sourceParts = ({ resource, scope }: SpanSource): SourceParts => ({
  resource: written((out) =>
    out.writeMessage(
      1,
      (attributes, message) => {
        writeAttributes(message, 1, attributes);
        message.writeVarintField(2, 0);
      },
      resource,
    ),
  ),
  scope: written((out) =>
    out.writeMessage(
      1,
      ({ name, version }, message) => {
        message.writeStringField(1, name);
        if (version !== undefined && version !== '') message.writeStringField(2, version);
      },
      scope,
    ),
  ),
});

function written(write: (out: PbfWriter) => void): Uint8Array {
  const out = new PbfWriter();
  write(out);
  return out.finish();
}

function writeAttributes(out: PbfWriter, field: number, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    out.writeMessage(
      field,
      (_, keyValue) => {
        keyValue.writeStringField(1, key);
        keyValue.writeMessage(2, writeAnyValue, value);
      },
      undefined,
    );
  }
}

/** @param value of an attribute that is fixed for a shape or a process: text, or a whole number */
function writeAnyValue(value: AttributeValue, out: PbfWriter): void {
  if (typeof value === 'number' && Number.isInteger(value)) out.writeVarintField(3, value);
  else out.writeStringField(1, String(value));
}
