import { describe, expect, test } from '@jest/globals';
import { parserRefusal } from './parser-refusal.ts';

const codeOf = (code: string, packet?: string, bytesParsed?: number) =>
  parserRefusal({ code, rawPacket: packet === undefined ? undefined : Buffer.from(packet), bytesParsed }, 100)
    .code;

describe('what the parser refuses', () => {
  test.each([
    ['HPE_INVALID_METHOD', 'BREW /pot HTTP/1.1\r\nhost: x\r\n\r\n', 0, 'not-implemented'],
    ['HPE_INVALID_METHOD', 'GET / HTTP/1.1\r\n\r\nGETS / HTTP/1.1\r\n\r\n', 21, 'not-implemented'],
    ['HPE_INVALID_METHOD', 'nonsense\r\n\r\n', 0, 'invalid-request'],
    ['HPE_INVALID_METHOD', 'BR', 0, 'invalid-request'],
    ['HPE_INVALID_METHOD', 'BREW /pot\r\n', 0, 'invalid-request'],
    ['HPE_INVALID_VERSION', 'GET / HTTP/1.2\r\n', 13, 'version-not-supported'],
    ['HPE_INVALID_VERSION', 'GET / HTTP/1.1\nhost: x\n', 14, 'invalid-request'],
    ['HPE_PAUSED_H2_UPGRADE', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 24, 'version-not-supported'],
    ['HPE_HEADER_OVERFLOW', `GET /${'a'.repeat(200)}`, 205, 'target-too-long'],
    ['HPE_HEADER_OVERFLOW', `GET /${'a'.repeat(200)} HTTP/1.1\r\n`, 205, 'target-too-long'],
    ['HPE_HEADER_OVERFLOW', `GET / HTTP/1.1\r\nx: ${'a'.repeat(200)}`, 219, 'headers-too-large'],
    ['HPE_HEADER_OVERFLOW', 'the rest of a value', 19, 'headers-too-large'],
    ['ERR_HTTP_REQUEST_TIMEOUT', undefined, undefined, 'request-timeout'],
    ['HPE_INVALID_CHUNK_SIZE', 'zz\r\n', 0, 'invalid-request'],
  ])('%s at %j from %s is %s', (...[code, packet, bytesParsed, expected]) => {
    expect(codeOf(code, packet, bytesParsed)).toBe(expected);
  });
});
