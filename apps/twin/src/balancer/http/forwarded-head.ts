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
let sequence = randomBytes(4).readUInt32BE();

/** Root of a trace: version, time in seconds, and 96 bits that are unique (64 random ones of this process, 32 counted). */
function traceId(): string {
  sequence = (sequence + 1) >>> 0;
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${instance}${sequence.toString(16).padStart(8, '0')}`;
}
