import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Rig } from './balancer-rig.ts';

const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

describe('the balancer refuses', () => {
  let rig: Rig;
  let served: string[];

  beforeEach(async () => {
    served = [];
    rig = await new Rig({ loadBalancer: { idleTimeoutSeconds: 5 } }).start();
    await rig.target('target', (incoming, response) => {
      served.push(incoming.url ?? '');
      incoming.resume().on('end', () => response.end('served'));
    });
  });
  afterEach(() => rig.close());

  test.each([
    [
      'length and coding',
      400,
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'two lengths',
      400,
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n`,
    ],
    ['a disguised coding', 501, 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    [
      'a coding behind a space',
      400,
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a folded coding', 400, 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n'],
    ['a bare line feed', 400, 'POST / HTTP/1.1\r\nHost: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['line feeds only', 400, 'GET / HTTP/1.1\nHost: a\n\n'],
    ['a null in a field', 400, 'GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n'],
    ['no host', 400, 'GET / HTTP/1.1\r\n\r\n'],
    ['a TLS greeting', 400, '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\n'],
    ['a WebSocket', 400, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['CONNECT', 405, 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['the HTTP/2 preface', 505, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a head of 64 KiB', 400, `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(11_000)}\r\n`],
  ])('%s with %i, and serves nothing behind it', async (_, status, bytes) => {
    const received = await rig.talk(bytes + smuggled);
    expect(received).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} [^]*\r\nConnection: close\r\n[^]*</html>\r\n$`),
    );
    expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(served).toEqual([]);
    expect(rig.balancer.takeMetrics()).toMatchObject({
      requests: 0,
      elb4xx: status < 500 ? 1 : 0,
      elb5xx: status < 500 ? 0 : 1,
    });
  });

  test('a chunked body that breaks its own framing, and serves nothing behind it', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
    const received = await rig.talk(`${head}5\r\nhelloXX0\r\n\r\n${smuggled}`);
    expect(received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(served).not.toContain('/smuggled');
  });

  test('nothing in a body that looks like a request', async () => {
    const received = await rig.talk(
      `POST /outer HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    );
    expect(received).toMatch(/served$/);
    expect(served).toEqual(['/outer']);
  });
});
