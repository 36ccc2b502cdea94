const bytes = 65_536;

/** A response of no more than this is passed on as a text, which is a copy: a larger one is not worth it. */
export const lentBytes = 16_384;

/**
 * Where most reads go. A response that is here whole and small is done with when its read is, so connections can share one buffer:
 * it stays in the processor’s cache, where one of each connection would be fetched from memory for every read.
 */
const shared: Buffer = Buffer.allocUnsafeSlow(bytes);

const spare: Buffer[] = [];
const mostSpare = 16;

/**
 * A buffer for one connection. Its bytes are handed on where they were read, and the system takes them at once unless the client
 * is slow: then they are left to it, and the connection reads into another buffer.
 */
export const ownBuffer = (): Buffer => spare.pop() ?? Buffer.allocUnsafeSlow(bytes);

/** The one for all, in exchange for one whose bytes nothing holds. */
export function sharedBuffer(own: Buffer): Buffer {
  if (own !== shared && spare.length < mostSpare) spare.push(own);
  return shared;
}

export const isShared = (buffer: Buffer): boolean => buffer === shared;
