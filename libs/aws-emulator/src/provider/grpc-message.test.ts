import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeGrpcMessage, encodeGrpcMessage } from './grpc-message.ts';

describe('a gRPC message', () => {
  test('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (bytes) => {
        expect(decodeGrpcMessage(encodeGrpcMessage(bytes))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test('is refused where it is cut off, compressed, or followed by another', () => {
    const message = encodeGrpcMessage(Buffer.from('abc'));
    expect(() => decodeGrpcMessage(message.subarray(0, 4))).toThrow('got 4 bytes, expected a message');
    expect(() => decodeGrpcMessage(message.subarray(0, 7))).toThrow('got 2 bytes of a message of 3');
    expect(() => decodeGrpcMessage(Buffer.concat([message, message]))).toThrow('got 11 bytes');
    message[0] = 1;
    expect(() => decodeGrpcMessage(message)).toThrow('got a compressed message');
  });
});
