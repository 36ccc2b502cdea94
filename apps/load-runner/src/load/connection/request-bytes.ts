import { Buffer } from 'node:buffer';
import type { LoadEndpoint } from '@tideline/config';

/**
 * An endpoint’s request as it goes over the wire: built once, sent by every user.
 * The endpoint’s path goes below the target URL’s own.
 */
export function requestBytes(target: URL, endpoint: LoadEndpoint, keepAlive: boolean): Buffer {
  const body = Buffer.from(endpoint.body ?? '');
  const headers = new Headers({
    host: target.host,
    connection: keepAlive ? 'keep-alive' : 'close',
    'user-agent': 'tideline-load-runner',
  });
  if (endpoint.body !== null || endpoint.method === 'POST' || endpoint.method === 'PUT') {
    headers.set('content-length', String(body.length));
  }
  // The Headers class refuses what could not stand in a header, a line break above all.
  for (const [name, value] of Object.entries(endpoint.headers)) headers.set(name, value);
  const path = `${target.pathname.replace(/\/$/, '')}${endpoint.path}`;
  const head = [
    `${endpoint.method} ${path} HTTP/1.1`,
    ...[...headers].map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
