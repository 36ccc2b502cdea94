import { describe, expect, test } from '@jest/globals';
import { type Arrival, forwardedHead } from './forwarded-head.ts';
import { requestOf } from '../../../test/request-of.ts';

const usual: Arrival = {
  clientAddress: '10.1.2.3',
  listenerPort: 80,
  defaultHost: '127.0.0.1:80',
  preserveHostHeader: false,
  xForwardedForProcessing: 'append',
};

function forwardFrom(arrival: Partial<Arrival>, ...lines: readonly string[]): string {
  return forwardedHead(requestOf(`${lines.join('\r\n')}\r\n`), { ...usual, ...arrival });
}

const forward = (...lines: readonly string[]): string => forwardFrom({}, ...lines);

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

  test.each([
    ['append', ['X-Forwarded-For: 1.1.1.1'], ['X-Forwarded-For: 1.1.1.1, 10.1.2.3']],
    ['append', [], ['X-Forwarded-For: 10.1.2.3']],
    ['preserve', ['X-Forwarded-For: 1.1.1.1'], ['X-Forwarded-For: 1.1.1.1']],
    ['preserve', [], null],
    ['remove', ['X-Forwarded-For: 1.1.1.1'], null],
    [
      'append',
      ['X-Forwarded-For: 1.1.1.1', 'Connection: x-forwarded-for'],
      ['X-Forwarded-For: 1.1.1.1, 10.1.2.3'],
    ],
  ] as const)('%s makes of %j %j', (xForwardedForProcessing, lines, expected) => {
    const head = forwardFrom({ xForwardedForProcessing }, 'GET / HTTP/1.1', 'Host: a', ...lines);
    expect(head.match(/X-Forwarded-For: .*/gi)).toEqual(expected);
  });

  // The table of the Application Load Balancer guide, “Host header preservation”.
  test.each([
    [80, 'GET /index.html HTTP/1.1', 'example.com', 'example.com', 'example.com'],
    [80, 'GET /index.html HTTP/1.1', 'example.com:80', 'example.com', 'example.com:80'],
    [443, 'GET /index.html HTTP/1.1', '[::1]:8443', '[::1]', '[::1]:8443'],
    [80, 'GET https://dns_name/index.html HTTP/1.1', 'example.com', 'dns_name', 'example.com'],
    [8080, 'GET /index.html HTTP/1.1', 'example.com', 'example.com:8080', 'example.com'],
    [8080, 'GET /index.html HTTP/1.1', '[::1]', '[::1]:8080', '[::1]'],
    [8080, 'GET /index.html HTTP/1.1', 'example.com:8080', 'example.com:8080', 'example.com:8080'],
  ])(
    'on port %i, %s with Host %s goes out to %s, and preserved to %s',
    (...[listenerPort, line, host, changed, preserved]) => {
      const hostOf = (preserveHostHeader: boolean): string | undefined =>
        /\r\nHost: (.*)\r\n/.exec(
          forwardFrom({ listenerPort, preserveHostHeader }, line, `Host: ${host}`),
        )?.[1];
      expect([hostOf(false), hostOf(true)]).toEqual([changed, preserved]);
    },
  );

  const id = '[0-9a-f]{8}-[0-9a-f]{24}';
  const root = 'Root=1-67891233-abcdef012345678912345678';
  // The examples of the Application Load Balancer guide, “Request tracing”, and what a client can get wrong.
  test.each([
    ['none', [], `Root=1-${id}`],
    ['a Root', [root], `Self=1-${id};${root}`],
    ['a field of the application', [`${root};CalledFrom=app`], `Self=1-${id};${root};CalledFrom=app`],
    ['a Self', [`Self=1-67891233-000000000000000000000000;${root}`], `Self=1-${id};${root}`],
    ['an empty value', [''], `Root=1-${id}`],
    ['blanks', [' ; ;'], `Root=1-${id}`],
    ['a malformed Root', ['Root=1-2-3;CalledFrom=app'], `Root=1-${id};CalledFrom=app`],
    ['a Root without a value', ['Root'], `Root=1-${id}`],
    ['two Roots', [`Root=x;${root}`], `Self=1-${id};${root}`],
    ['no Root', ['CalledFrom=app'], `Root=1-${id};CalledFrom=app`],
    ['two lines', [root, 'CalledFrom=app'], `Self=1-${id};${root};CalledFrom=app`],
  ])('of a trace with %s goes out what the guide says', (_, values, expected) => {
    const fields = values.map((value) => `X-Amzn-Trace-Id: ${value}`);
    for (const connection of [[], ['Connection: X-Amzn-Trace-Id']]) {
      const head = forward('GET / HTTP/1.1', 'Host: a', ...fields, ...connection);
      const traces = head.match(/x-amzn-trace-id: .*/gi) ?? [];
      expect(traces).toHaveLength(1);
      expect(traces[0]).toMatch(new RegExp(`^X-Amzn-Trace-Id: ${expected}$`));
    }
  });

  test('a head above 7 KiB gets a new Root', () => {
    const head = forward('GET / HTTP/1.1', 'Host: a', `X-Amzn-Trace-Id: ${root}`, `X: ${'x'.repeat(7200)}`);
    expect(head).toMatch(new RegExp(`\r\nX-Amzn-Trace-Id: Root=1-${id}\r\n`));
    expect(head).not.toContain(root);
  });

  test('an upgrade goes out as one', () => {
    const head = forward(
      'GET / HTTP/1.1',
      'Host: a',
      'Connection: keep-alive, Upgrade',
      'Upgrade: websocket',
    );
    expect(head).toContain('\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n');
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
