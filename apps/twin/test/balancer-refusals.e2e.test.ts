import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { IncomingHttpHeaders } from 'node:http';
import { Rig, send } from './balancer-rig.ts';

const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

const chunkedPost = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n';

/** Requests that desync mitigation takes for ambiguous: a peer could see another end of them than the balancer does. */
const ambiguous: readonly (readonly [what: string, bytes: string])[] = [
  ['length and coding', `${chunkedPost}Content-Length: 5\r\n\r\n0\r\n\r\n`],
  ['a length that covers what follows', `${chunkedPost}Content-Length: 47\r\n\r\n0\r\n\r\n`],
  ['the same length twice', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n'],
  ['a body of GET', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc'],
  ['a coding by another name', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer_Encoding: chunked\r\n\r\n'],
  ['a length by another name', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length-: 47\r\n\r\n'],
];

let rig: Rig;
let served: { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string }[];

async function start(desyncMitigationMode: 'monitor' | 'defensive' | 'strictest'): Promise<() => number> {
  served = [];
  rig = await new Rig({ loadBalancer: { idleTimeoutSeconds: 5, desyncMitigationMode } }).start();
  const { connections } = await rig.target('target', (incoming, response) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      served.push({ url: incoming.url ?? '', headers: incoming.headers, body });
      response.end('served');
    });
  });
  return connections;
}

describe('the balancer in defensive mode', () => {
  let connections: () => number;
  beforeEach(async () => {
    connections = await start('defensive');
  });
  afterEach(() => rig.close());

  test.each(ambiguous)('forwards %s with one length, alone on both its connections', async (_, bytes) => {
    const received = await rig.talk(bytes + smuggled);
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nConnection: close\r\n/);
    expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(served.map(({ url }) => url)).toEqual(['/']);
    const { headers } = served[0]!;
    expect([headers['content-length'], headers['transfer-encoding']]).toContain(undefined);
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 1, nonCompliantRequests: 1, elb4xx: 0 });
    await send(rig.port);
    expect(connections()).toBe(2);
  });

  test('reads framing that RFC 9112 allows', async () => {
    const received = await rig.talk(
      `${chunkedPost}Connection: close\r\n\r\n0003 \t;x=1\r\nabc\r\n000;y\r\nT: x\r\n\r\n`,
    );
    expect(received).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(served).toMatchObject([{ body: 'abc' }]);
    expect(rig.balancer.takeMetrics()).toMatchObject({ nonCompliantRequests: 0 });
  });

  test('drops fields with names that are not valid, and counts the requests', async () => {
    await rig.talk(
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX_Forwarded_For: 1\r\nX.Y: 2\r\nX-1: 3\r\n\r\n',
    );
    expect(served[0]?.headers).toMatchObject({ 'x-1': '3' });
    expect(Object.keys(served[0]?.headers ?? {}).filter((name) => /[._]/.test(name))).toEqual([]);
    expect(rig.balancer.takeMetrics()).toMatchObject({
      droppedInvalidHeaderRequests: 1,
      forwardedInvalidHeaderRequests: 0,
      nonCompliantRequests: 0,
    });
  });
});

test('a balancer that is to keep fields with other names keeps them', async () => {
  const keeping = await new Rig({ loadBalancer: { dropInvalidHeaderFields: false } }).start();
  await keeping.target('target', (incoming, response) => response.end(incoming.headers.x_forwarded_for));
  const { body } = await send(keeping.port, { headers: { X_Forwarded_For: '1' } });
  expect(body.toString()).toBe('1');
  expect(keeping.balancer.takeMetrics()).toMatchObject({ forwardedInvalidHeaderRequests: 1 });
  await keeping.close();
});

describe.each(['defensive', 'strictest'] as const)('the balancer in %s mode refuses', (mode) => {
  beforeEach(async () => {
    await start(mode);
  });
  afterEach(() => rig.close());

  test.each([
    ...(mode === 'strictest' ? ambiguous.map(([what, bytes]) => [what, 400, bytes] as const) : []),
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
    ['CONNECT', 405, 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['the HTTP/2 preface', 505, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a head of 64 KiB', 400, `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(11_000)}\r\n`],
  ] as const)('%s with %i, and serves nothing behind it', async (_, status, bytes) => {
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
    expect(served.map(({ url }) => url)).not.toContain('/smuggled');
  });

  test('nothing in a body that looks like a request', async () => {
    const received = await rig.talk(
      `POST /outer HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    );
    expect(received).toMatch(/served$/);
    expect(served.map(({ url }) => url)).toEqual(['/outer']);
  });
});
