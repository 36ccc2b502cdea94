import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reduceSchema } from './reduce-schema.ts';

/** A field as Protocol Buffers writes it, and the type’s name where it is an entry that the reduction looks at. */
interface WrittenField {
  readonly bytes: Buffer;
  readonly type?: string;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

const tag = (number: number, wireType: number): Buffer => varint(number * 8 + wireType);

const delimited = (number: number, content: Buffer): Buffer =>
  Buffer.concat([tag(number, 2), varint(content.length), content]);

const entry = (number: number, type: string, schema: Buffer): Buffer =>
  delimited(number, Buffer.concat([delimited(1, Buffer.from(type)), delimited(2, schema)]));

const content = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const typeName = fc.stringMatching(/^aws_[a-d]{1,2}$/);
const otherNumber = fc.constantFrom(1, 4, 5, 6, 7, 9, 300);

const field: fc.Arbitrary<WrittenField> = fc.oneof(
  fc
    .tuple(fc.constantFrom(2, 3, 8), typeName, content)
    .map(([number, type, schema]) => ({ bytes: entry(number, type, schema), type })),
  fc.tuple(otherNumber, content).map(([number, bytes]) => ({ bytes: delimited(number, bytes) })),
  fc.tuple(otherNumber, fc.maxSafeNat()).map(([number, value]) => ({
    bytes: Buffer.concat([tag(number, 0), varint(value)]),
  })),
  fc.tuple(otherNumber, fc.constantFrom([1, 8], [5, 4])).map(([number, [wireType = 1, length = 8]]) => ({
    bytes: Buffer.concat([tag(number, wireType), Buffer.alloc(length, 0xff)]),
  })),
);

describe('a provider’s schema', () => {
  test('loses the types that are not named, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(field), fc.uniqueArray(typeName), (written, names) => {
        const types = new Set(names);
        const kept = written.filter(({ type }) => type === undefined || types.has(type));
        const message = Buffer.concat(written.map(({ bytes }) => bytes));
        expect(reduceSchema(message, types)).toEqual(Buffer.concat(kept.map(({ bytes }) => bytes)));
      }),
    );
  });

  test('is refused where it is cut off', () => {
    const message = entry(2, 'aws_vpc', Buffer.alloc(200));
    for (let length = 1; length < message.length; length += 1)
      expect(() => reduceSchema(message.subarray(0, length), new Set())).toThrow(RangeError);
  });

  test('is refused where it is none', () => {
    expect(() => reduceSchema(Buffer.from([7]), new Set())).toThrow('protobuf: got wire type 7 at byte 1');
  });

  test('keeps an entry of a type that comes in two maps, in both', () => {
    const schema = Buffer.from('schema');
    const message = Buffer.concat([entry(2, 'aws_vpc', schema), entry(3, 'aws_vpc', schema)]);
    expect(reduceSchema(message, new Set(['aws_vpc']))).toEqual(message);
    expect(reduceSchema(message, new Set(['aws_subnet']))).toEqual(Buffer.alloc(0));
  });
});
