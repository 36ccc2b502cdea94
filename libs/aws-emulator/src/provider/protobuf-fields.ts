/** Wire types of Protocol Buffers: https://protobuf.dev/programming-guides/encoding/#structure */
const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

export interface Field {
  readonly number: number;
  /** The field with its tag. */
  readonly bytes: Buffer;
  /** Content of a length-delimited field; empty for every other one. */
  readonly content: Buffer;
}

/**
 * The fields of a Protocol Buffers message, in their order.
 *
 * @throws RangeError when it is none
 */
export function* protobufFields(message: Buffer): Generator<Field> {
  let offset = 0;
  while (offset < message.length) {
    const tag = readVarint(message, offset);
    const wireType = tag.value % 8;
    const { start, end } = contentRange(message, tag.end, wireType);
    if (end > message.length)
      throw new RangeError(`protobuf: a field ends at ${end} of ${message.length} bytes`);
    yield {
      number: Math.floor(tag.value / 8),
      bytes: message.subarray(offset, end),
      content:
        wireType === wireTypes.lengthDelimited ? message.subarray(start, end) : message.subarray(end, end),
    };
    offset = end;
  }
}

function contentRange(message: Buffer, start: number, wireType: number): { start: number; end: number } {
  switch (wireType) {
    case wireTypes.varint:
      return { start, end: readVarint(message, start).end };
    case wireTypes.fixed64:
      return { start, end: start + 8 };
    case wireTypes.lengthDelimited: {
      const length = readVarint(message, start);
      return { start: length.end, end: length.end + length.value };
    }
    case wireTypes.fixed32:
      return { start, end: start + 4 };
    default:
      throw new RangeError(`protobuf: got wire type ${wireType} at byte ${start}`);
  }
}

/** Seven bits a byte, the lowest first. Ours are tags and lengths, far below where a number loses precision. */
function readVarint(message: Buffer, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let scale = 1;
  for (let offset = start; offset < message.length; offset += 1) {
    const byte = message[offset] ?? 0;
    value += (byte % 128) * scale;
    if (byte < 128) return { value, end: offset + 1 };
    scale *= 128;
  }
  throw new RangeError(`protobuf: a number that begins at byte ${start} has no end`);
}
