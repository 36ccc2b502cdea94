import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiProcess } from './api-process.ts';
import { type ReceivedSpan, partialSuccess, receivedSpans } from './otlp.ts';

const bundle = join(import.meta.dirname, '..', '..', '..', 'dist', 'apps', 'api');

let collector: Server;
let status: number;
let answer: Uint8Array;
const spans: ReceivedSpan[] = [];
let api: ApiProcess | undefined;

beforeEach(async () => {
  spans.length = 0;
  status = 200;
  answer = new Uint8Array();
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (status === 200) spans.push(...receivedSpans(Buffer.concat(chunks)));
      response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end(answer);
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
});

afterEach(async () => {
  await api?.stop();
  api = undefined;
  collector.close();
  collector.closeAllConnections();
});

const endpoint = (): string => `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;

/** So that tests need not wait for a batch. */
const soon = { OTEL_BSP_SCHEDULE_DELAY: '50' };

describe('tracing', () => {
  test('exports the span of every request at full sampling, the last ones as the process ends', async () => {
    api = new ApiProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint() });
    const url = await api.url();
    const clients = 20;
    const each = 150;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        for (let asked = 0; asked < each; asked += 1) await (await fetch(`${url}/host`)).text();
      }),
    );
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    expect(spans).toHaveLength(clients * each);
    expect(new Set(spans.map(({ name }) => name))).toEqual(new Set(['GET /host']));
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(clients * each);
    const logged = api.logLines.filter(({ msg }) => msg === 'request').map((line) => line.span_id);
    expect(new Set(logged)).toEqual(new Set(spans.map(({ spanId }) => spanId)));
  });

  test('says once that a collector refuses spans, and answers all the same', async () => {
    status = 400;
    api = new ApiProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint(), ...soon });
    const url = await api.url();
    expect((await fetch(`${url}/host`)).status).toBe(200);
    await api.log('traces cannot be exported');
    status = 200;
    expect((await fetch(`${url}/host`)).status).toBe(200);
    await api.log('traces are exported again');
    const said = api.logLines.filter(({ msg }) => msg === 'traces cannot be exported');
    expect(said).toHaveLength(1);
  });

  test('says what a collector warns of, though a thread hears it', async () => {
    answer = partialSuccess(1, 'no room');
    api = new ApiProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint(), ...soon });
    expect((await fetch(`${await api.url()}/host`)).status).toBe(200);
    const warning = await api.log(
      `Received Partial Success response: {"rejectedSpans":1,"errorMessage":"no room"}`,
    );
    expect(warning).toMatchObject({ component: 'tracing' });
  });

  test('ends in time where no collector answers', async () => {
    api = new ApiProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    const url = await api.url();
    await (await fetch(`${url}/host`)).text();
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
  });

  test('that is off loads no code: the program starts without the file that holds it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tideline-api-'));
    try {
      await cp(bundle, folder, { recursive: true });
      const parts = (await readdir(folder)).filter((name) => name.startsWith('start-tracing-'));
      expect(parts).not.toEqual([]);
      await Promise.all(parts.map((name) => rm(join(folder, name))));
      const started = (env: Readonly<Record<string, string>>) => firstLine(join(folder, 'main.mjs'), env);
      expect(await started({})).toContain('"msg":"listening"');
      expect(await started({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint() })).toContain('ERR_MODULE_NOT_FOUND');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** What the program prints up to its first log line, or until it fails. */
async function firstLine(file: string, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ...env },
  });
  let text = '';
  const closed = once(child, 'close');
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.includes('\n')) child.kill('SIGKILL');
  });
  await closed;
  return text;
}
