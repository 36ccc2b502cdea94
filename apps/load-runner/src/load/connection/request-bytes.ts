import { Buffer } from 'node:buffer';
import { type DescribedRequest, sentRequest } from './sent-request.ts';

/** An endpoint’s request as bytes: built once, sent by every user. @throws Error as `sentRequest` does */
export function requestBytes(target: URL, endpoint: DescribedRequest, keepAlive: boolean): Buffer {
  const { method, path, headers, body } = sentRequest(target, endpoint, keepAlive);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  // Field values are octets, and Node’s own client sends each character of them as one.
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}
