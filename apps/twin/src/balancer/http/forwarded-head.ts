import { randomBytes } from 'node:crypto';
import type { RequestHead } from './request-head.ts';

/** What the balancer knows about the connection a request came on. */
export interface Arrival {
  readonly clientAddress: string;
  readonly listenerPort: number;
  /** Host for HTTP/1.0 requests that name none. */
  readonly defaultHost: string;
}

/** The request’s head as the target gets it: hop-by-hop fields gone, X-Forwarded-* and X-Amzn-Trace-Id added. */
export function forwardedHead(request: RequestHead, arrival: Arrival): string {
  const { method, target, fields, forwardedFor, body, hasTraceId } = request;
  const host = request.host === '' ? arrival.defaultHost : request.host;
  const chain = forwardedFor === '' ? arrival.clientAddress : `${forwardedFor}, ${arrival.clientAddress}`;
  return (
    `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${fields}` +
    `X-Forwarded-For: ${chain}\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Port: ${arrival.listenerPort}\r\n` +
    (hasTraceId ? '' : `X-Amzn-Trace-Id: ${traceId()}\r\n`) +
    (body === 'chunked' ? 'Transfer-Encoding: chunked\r\n\r\n' : '\r\n')
  );
}

const instance = randomBytes(8).toString('hex');
/** Numbers are slow to format in hexadecimal, and this happens for every request: two bytes come from this table, the rest changes rarely. */
const hexByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
let sequence = randomBytes(4).readUInt32BE();
let prefix = '';
let prefixSecond = 0;

/** Root of a trace: version, time in seconds, and 96 bits that are unique (64 random ones of this process, 32 counted). */
function traceId(): string {
  sequence = (sequence + 1) >>> 0;
  const low = sequence & 0xffff;
  const second = Math.floor(Date.now() / 1000);
  if (second !== prefixSecond || low === 0) {
    prefixSecond = second;
    const high = (sequence >>> 16).toString(16).padStart(4, '0');
    prefix = `Root=1-${second.toString(16)}-${instance}${high}`;
  }
  return `${prefix}${hexByte[low >>> 8] ?? ''}${hexByte[low & 0xff] ?? ''}`;
}
