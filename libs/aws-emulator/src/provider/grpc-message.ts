const headBytes = 5;

/** A message as gRPC sends it: a flag for compression, four bytes of length, the message. */
export function encodeGrpcMessage(message: Uint8Array): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/**
 * The message of a stream that carries exactly one.
 *
 * @throws Error when the message is compressed, cut off, or followed by more
 */
export function decodeGrpcMessage(stream: Buffer): Buffer {
  if (stream.length < headBytes) throw new Error(`gRPC: got ${stream.length} bytes, expected a message`);
  if (stream[0] !== 0) throw new Error('gRPC: got a compressed message, which nothing here asks for');
  const message = stream.subarray(headBytes);
  const length = stream.readUInt32BE(1);
  if (message.length !== length)
    throw new Error(`gRPC: got ${message.length} bytes of a message of ${length}`);
  return message;
}
