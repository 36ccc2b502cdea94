import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ApiProcess } from './api-process.ts';

const started: ApiProcess[] = [];
const start = (env: Readonly<Record<string, string>> = {}): ApiProcess => {
  const api = new ApiProcess(env);
  started.push(api);
  return api;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((api) => api.stop()));
});

const slow = { CPU_MILLISECONDS_PER_REQUEST: '1000' };
const token = '0123456789abcdef';
const stress = { STRESS_ENABLED: 'true', STRESS_TOKEN: token };
const headers = { authorization: `Bearer ${token}` };

/** Asks again until the condition holds; Jest’s own timeout is the deadline. */
async function until<T>(ask: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
  }
}
const untilInFlight = (api: ApiProcess, count: number) =>
  until(
    () => api.metric('http_requests_in_flight'),
    (inFlight) => inFlight === count,
  );

/** Everything that the server sends until it closes the socket. */
async function received(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'close');
  return text;
}

describe('the process', () => {
  test('logs its ports in one line and answers on them', async () => {
    const api = start({ TASK_ID: 'task-1', VERSION: '1.2.3' });
    expect(await api.log('listening')).toMatchObject({
      host: '127.0.0.1',
      taskId: 'task-1',
      version: '1.2.3',
    });
    const url = await api.url();
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect(await api.metric('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  test('keeps sockets alive 5 s longer than the balancer', async () => {
    const response = await fetch(`${await start({ IDLE_TIMEOUT_SECONDS: '90' }).url()}/`);
    expect(response.headers.get('keep-alive')).toBe('timeout=95');
  });

  test('writes one access line per request, and none when told so', async () => {
    const [loud, quiet] = [start(), start({ ACCESS_LOG: 'off' })];
    for (const api of [loud, quiet]) {
      await fetch(`${await api.url()}/host`, { headers: { 'x-request-id': 'r-1' } });
      api.child.kill('SIGTERM');
      await api.exited;
    }
    expect(loud.logLines.filter(({ msg }) => msg === 'request')).toEqual([
      expect.objectContaining({ requestId: 'r-1', path: '/host', status: 200 }),
    ]);
    expect(quiet.logLines.filter(({ msg }) => msg === 'request')).toEqual([]);
  });

  test('takes its identity from ECS task metadata, and starts without it when that fails', async () => {
    const metadata = createServer((request, response) => {
      response.end(
        JSON.stringify({ TaskARN: `arn:aws:ecs:x:1:task/c${request.url ?? ''}`, AvailabilityZone: 'x-1a' }),
      );
    }).listen(0, '127.0.0.1');
    await once(metadata, 'listening');
    const uri = `http://127.0.0.1:${(metadata.address() as AddressInfo).port}/v4`;
    const api = start({ ECS_CONTAINER_METADATA_URI_V4: uri });
    expect(await (await fetch(`${await api.url()}/host`)).json()).toMatchObject({
      taskId: 'task',
      availabilityZone: 'x-1a',
    });
    metadata.close();
    metadata.closeAllConnections();
    const alone = start({ ECS_CONTAINER_METADATA_URI_V4: uri });
    expect((await fetch(`${await alone.url()}/host`)).status).toBe(200);
    expect(alone.logLines).toContainEqual(expect.objectContaining({ msg: 'task metadata unavailable' }));
  });
});

describe('starting with something wrong', () => {
  test('a bad variable is named on standard error, and the exit code is 2', async () => {
    const api = start({ PORT: 'http', STRESS_ENABLED: 'true' });
    expect(await api.exited).toBe(2);
    expect(api.stderr).toBe('PORT must be a whole number from 0 to 65535; got "http"\n');
    expect(api.logLines).toEqual([]);
  });

  test('a port in use is named, and the exit code is 2', async () => {
    const first = start();
    const second = start({ PORT: String(await first.port()) });
    expect(await second.exited).toBe(2);
    expect(second.stderr).toMatch(/^cannot listen: .*EADDRINUSE.*PORT/);
  });
});

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s finishes the request in flight, then exits with 0',
    async (signal) => {
      const api = start(slow);
      const answer = fetch(`${await api.url()}/`);
      await untilInFlight(api, 1);
      api.child.kill(signal);
      const response = await answer;
      expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
      expect(await api.exited).toBe(0);
      expect(api.logLines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['draining', 'stopped']));
    },
  );

  test('refuses new connections while it drains', async () => {
    const api = start(slow);
    const url = await api.url();
    const answer = fetch(`${url}/`);
    await untilInFlight(api, 1);
    api.child.kill('SIGTERM');
    await api.log('draining');
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
    expect((await answer).status).toBe(200);
  });

  test('answers a request whose head is still arriving: /ready fails, and the socket closes', async () => {
    const api = start();
    const socket = connect(await api.port(), '127.0.0.1');
    const text = received(socket);
    socket.write('GET /health HTTP/1.1\r\nhost: x\r\n\r\nGET /ready HTTP/1.1\r\n');
    await once(socket, 'data');
    api.child.kill('SIGTERM');
    await api.log('draining');
    socket.write('host: x\r\n\r\n');
    expect(await text).toMatch(/HTTP\/1\.1 200 OK[\s\S]*HTTP\/1\.1 503 [\s\S]*connection: close/i);
    expect(await api.exited).toBe(0);
  });

  test('closes idle keep-alive sockets and sockets that never sent anything', async () => {
    const api = start();
    const port = await api.port();
    const idle = connect(port, '127.0.0.1');
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const closed = Promise.all([received(idle), received(silent)]);
    idle.write('GET /health HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(idle, 'data');
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    await closed;
  });

  test('cuts requests at the drain deadline, and exits within the stop timeout', async () => {
    const api = start({ ...slow, STOP_TIMEOUT_SECONDS: '1' });
    const url = await api.url();
    const answers = Promise.allSettled(Array.from({ length: 6 }, () => fetch(`${url}/`)));
    await untilInFlight(api, 6);
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    expect(api.logLines.at(-1)).toMatchObject({ msg: expect.stringContaining('requests in flight') });
    expect((await answers).map(({ status }) => status)).toContain('rejected');
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('a second %s exits at once with %s', async (signal, code) => {
    const api = start(slow);
    const answer = fetch(`${await api.url()}/`).catch(() => 'cut');
    await untilInFlight(api, 1);
    api.child.kill(signal);
    await api.log('draining');
    api.child.kill(signal);
    expect(await api.exited).toBe(code);
    expect(await answer).toBe('cut');
  });

  test('happens when standard input ends, if asked to', async () => {
    const api = start({ STOP_ON_STDIN_END: 'true' });
    await api.log('listening');
    api.child.stdin.end();
    expect(await api.exited).toBe(0);
    expect(api.logLines).toContainEqual(expect.objectContaining({ reason: 'stdin-end' }));
  });

  test('does not happen when standard input ends otherwise', async () => {
    const api = start();
    const url = await api.url();
    api.child.stdin.end();
    await once(api.child.stdin, 'close');
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

describe('CPU stress', () => {
  test('leaves /health answering at 100 %, counts as the process’s CPU time, and can be cancelled', async () => {
    const api = start(stress);
    const url = await api.url();
    const cpuBefore = await api.metric('process_cpu_seconds_total');
    expect((await fetch(`${url}/stress-cpu/100/600`, { headers })).status).toBe(202);
    const progress = async () => {
      expect((await fetch(`${url}/health`)).status).toBe(200);
      return (await (await fetch(`${url}/stress-cpu`, { headers })).json()) as { cpuSeconds: number };
    };
    await until(progress, ({ cpuSeconds }) => cpuSeconds >= 0.5);
    expect((await api.metric('process_cpu_seconds_total')) - cpuBefore).toBeGreaterThanOrEqual(0.45);
    const cancelled = await fetch(`${url}/stress-cpu`, { method: 'DELETE', headers });
    expect(await cancelled.json()).toMatchObject({ state: 'cancelled' });
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
  });

  test('ends by itself, having used no more than its percentage', async () => {
    const api = start(stress);
    const url = await api.url();
    await fetch(`${url}/stress-cpu/20/1`, { headers });
    const ask = async () =>
      (await (await fetch(`${url}/stress-cpu`, { headers })).json()) as { state: string; cpuSeconds: number };
    const { cpuSeconds } = await until(ask, ({ state }) => state === 'completed');
    expect(cpuSeconds).toBeGreaterThan(0);
    expect(cpuSeconds).toBeLessThan(0.25);
  });

  test('does not keep a stopping process alive', async () => {
    const api = start(stress);
    await fetch(`${await api.url()}/stress-cpu/100/600`, { headers });
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
  });
});

describe('bytes that are no request', () => {
  const exchange = async (bytes: string): Promise<string> => {
    const socket = connect(await start().port(), '127.0.0.1');
    const text = received(socket);
    socket.write(bytes);
    return text;
  };

  test.each([
    ['garbage', 'nonsense\r\n\r\n', 400, 'invalid-request'],
    ['a request without a host', 'GET / HTTP/1.1\r\n\r\n', 400, 'invalid-request'],
    [
      'a head beyond the limit',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['an unknown expectation', 'GET / HTTP/1.1\r\nhost: x\r\nexpect: tea\r\n\r\n', 417, 'expectation-failed'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
      'invalid-request',
    ],
  ])('%s', async (...[, bytes, status, code]) => {
    const [head = '', body = ''] = (await exchange(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json$/im);
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });

  test('are refused on a socket that has carried a good request', async () => {
    const socket = connect(await start().port(), '127.0.0.1');
    const text = received(socket);
    socket.write('GET /health HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'data');
    socket.write('nonsense\r\n\r\n');
    expect(await text).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*HTTP\/1\.1 400 Bad Request/);
  });
});
