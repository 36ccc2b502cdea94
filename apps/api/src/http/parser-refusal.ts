import { METHODS } from 'node:http';
import type { Refusal } from './request-head.ts';

/** What Node’s parser says of bytes that it does not take. */
export interface ParserError {
  readonly code?: string | undefined;
  /** The bytes that were read last, and how many of them were taken. */
  readonly rawPacket?: Buffer | undefined;
  readonly bytesParsed?: number | undefined;
}

/** Method, target and version; a line that is not whole may lack its end. */
const requestLine = /^([!#$%&'*+.^_`|~\w-]+) +\S*(?: +HTTP\/(\d\.\d)\r?)?$/;

/** Why bytes that are no request are refused. */
export function parserRefusal(error: ParserError, maxHeaderBytes: number): Refusal {
  const [, method = '', version = ''] = requestLine.exec(lineOf(error)) ?? [];
  const { code = 'unknown' } = error;
  if (code === 'HPE_HEADER_OVERFLOW') {
    // Of a target that came in several reads the last one alone is known, which could be any field’s value.
    return METHODS.includes(method)
      ? { code: 'target-too-long', detail: `The request line is longer than ${maxHeaderBytes} bytes.` }
      : { code: 'headers-too-large', detail: `The request head is larger than ${maxHeaderBytes} bytes.` };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { code: 'request-timeout', detail: 'The request did not arrive in time.' };
  }
  // Node’s parser knows a list of methods, and takes no other.
  if (code === 'HPE_INVALID_METHOD' && version !== '') {
    return { code: 'not-implemented', detail: 'The method is not implemented.' };
  }
  const isOtherVersion = code === 'HPE_INVALID_VERSION' && !['', '1.0', '1.1'].includes(version);
  if (isOtherVersion || code === 'HPE_PAUSED_H2_UPGRADE') {
    return { code: 'version-not-supported', detail: 'Send HTTP/1.1 or HTTP/1.0.' };
  }
  return { code: 'invalid-request', detail: `The bytes are not valid HTTP/1.1 (${code}).` };
}

/** The line at which the parser stopped, as far as it was in the last packet, without its end. */
function lineOf({ rawPacket, bytesParsed = 0 }: ParserError): string {
  if (rawPacket === undefined) return '';
  const start = bytesParsed === 0 ? 0 : rawPacket.lastIndexOf(10, bytesParsed - 1) + 1;
  const end = rawPacket.indexOf(10, start);
  return rawPacket.toString('latin1', start, end === -1 ? undefined : end);
}
