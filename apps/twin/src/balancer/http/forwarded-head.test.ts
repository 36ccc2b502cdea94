import { describe, expect, test } from '@jest/globals';
import { forwardedHead } from './forwarded-head.ts';
import { parseRequestHead } from './request-head.ts';

function forward(...lines: readonly string[]): string {
  const request = parseRequestHead(`${lines.join('\r\n')}\r\n`);
  if ('rejected' in request) throw new Error(request.cause);
  return forwardedHead(request, { clientAddress: '10.1.2.3', listenerPort: 80, defaultHost: '127.0.0.1:80' });
}

describe('forwardedHead', () => {
  test('adds where the request came from, and a trace', () => {
    expect(forward('GET /a HTTP/1.1', 'Host: example.com', 'Accept: */*').split('\r\n')).toEqual([
      'GET /a HTTP/1.1',
      'Host: example.com',
      'Accept: */*',
      'X-Forwarded-For: 10.1.2.3',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Port: 80',
      expect.stringMatching(/^X-Amzn-Trace-Id: Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      '',
      '',
    ]);
  });

  test('appends the client to addresses that are there already, and keeps a trace', () => {
    const head = forward(
      'GET / HTTP/1.1',
      'Host: a',
      'X-Forwarded-For: 1.1.1.1',
      'X-Amzn-Trace-Id: Root=1-2-3',
    );
    expect(head).toContain('\r\nX-Forwarded-For: 1.1.1.1, 10.1.2.3\r\n');
    expect(head.match(/X-Amzn-Trace-Id: .*/gi)).toEqual(['X-Amzn-Trace-Id: Root=1-2-3']);
  });

  test('traces differ from request to request', () => {
    expect(forward('GET / HTTP/1.1', 'Host: a')).not.toBe(forward('GET / HTTP/1.1', 'Host: a'));
  });

  test('an HTTP/1.0 request without a Host goes out as HTTP/1.1 with one', () => {
    expect(forward('GET / HTTP/1.0')).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: 127\.0\.0\.1:80\r\n/);
  });

  test('a chunked body is announced once', () => {
    const head = forward('POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: Chunked');
    expect(head.match(/transfer-encoding: .*/gi)).toEqual(['Transfer-Encoding: chunked']);
  });
});
