import type { Environment } from '@tideline/config';
import type { RequestHead } from './request-head.ts';
import { forwardedTrace } from './trace-id.ts';

/** What the balancer knows about the connection a request came on, and how it is set up to say so. */
export interface Arrival extends Pick<
  Environment['loadBalancer'],
  'preserveHostHeader' | 'xForwardedForProcessing'
> {
  readonly clientAddress: string;
  readonly listenerPort: number;
  /** Host for HTTP/1.0 requests that name none; asked of the system when it is read. */
  readonly defaultHost: string;
}

/** The request’s head as the target gets it: hop-by-hop fields gone, X-Forwarded-* and X-Amzn-Trace-Id added. */
export function forwardedHead(request: RequestHead, arrival: Arrival): string {
  const { method, target, fields, body, upgrade } = request;
  return (
    `${method} ${target} HTTP/1.1\r\nHost: ${forwardedHost(request, arrival)}\r\n${fields}` +
    `${forwardedFor(request, arrival)}X-Forwarded-Proto: http\r\nX-Forwarded-Port: ${arrival.listenerPort}\r\n` +
    `X-Amzn-Trace-Id: ${forwardedTrace(request.traceId)}\r\n` +
    (upgrade === undefined ? '' : `Connection: Upgrade\r\nUpgrade: ${upgrade}\r\n`) +
    (body === 'chunked' ? 'Transfer-Encoding: chunked\r\n\r\n' : '\r\n')
  );
}

/**
 * Unless it is preserved, an Application Load Balancer takes the port out of Host on port 80 and 443, and on any other port
 * adds the listener’s where there is none (its guide, “Host header preservation”).
 */
function forwardedHost({ host, hostField }: RequestHead, arrival: Arrival): string {
  const { preserveHostHeader, listenerPort } = arrival;
  if (host === '') return arrival.defaultHost;
  if (preserveHostHeader) return hostField === '' ? host : hostField;
  const portAt = portIndex(host);
  if (listenerPort === 80 || listenerPort === 443) return portAt < 0 ? host : host.slice(0, portAt);
  return portAt < 0 ? `${host}:${listenerPort}` : host;
}

const colon = 0x3a;
const closingBracket = 0x5d;

/** Where `:port` begins, or -1; the colons inside an address in brackets begin none. */
function portIndex(host: string): number {
  for (let at = host.length - 1; at >= 0; at--) {
    const code = host.charCodeAt(at);
    if (code === colon) return at;
    if (code === closingBracket) return -1;
  }
  return -1;
}

/** An Application Load Balancer appends the client’s address, passes the field on as it is, or leaves it out. */
function forwardedFor(
  { forwardedFor: chain }: RequestHead,
  { clientAddress, xForwardedForProcessing }: Arrival,
): string {
  switch (xForwardedForProcessing) {
    case 'append':
      return `X-Forwarded-For: ${chain === '' ? clientAddress : `${chain}, ${clientAddress}`}\r\n`;
    case 'preserve':
      return chain === '' ? '' : `X-Forwarded-For: ${chain}\r\n`;
    case 'remove':
      return '';
  }
}
