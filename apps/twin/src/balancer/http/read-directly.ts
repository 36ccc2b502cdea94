import type { Readable } from 'node:stream';

/**
 * Hands over all that a socket reads. While it flows and holds nothing back, its bytes skip the way through its stream, which
 * looks at each chunk three times and once more behind the turn. Where the socket is paused, its stream keeps them as ever.
 */
export function readDirectly(socket: Readable, receive: (chunk: Buffer) => void): void {
  const push = socket.push.bind(socket);
  socket.push = (chunk: Buffer | null, encoding) => {
    if (chunk === null || socket.readableFlowing !== true || socket.readableLength > 0)
      return push(chunk, encoding);
    receive(chunk);
    return true;
  };
  socket.on('data', receive);
}
