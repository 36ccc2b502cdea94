import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.ts';
import { SpanCollector } from './span-collector.ts';
import { TwinClient, TwinProcess } from './twin-process.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
const root = '5759e988bd862e3fe1be46a994272793';
/** Sessions in the embedded store, which needs no program of this machine. */
const nodeOnly = { PATH: '/nonexistent' };

/** A preset of each compute kind, with sessions. */
const presets = [
  ['fargate', ['fargate-alb', '--set', 'sessions.store=redis']],
  ['ecs-ec2', ['flash-sale']],
  ['ec2-asg', ['stateless-asg']],
] as const;

let twin: TwinProcess | undefined;
let collector: SpanCollector;

beforeEach(async () => {
  collector = await SpanCollector.listen();
});

afterEach(async () => {
  await twin?.remove();
  twin = undefined;
  collector.close();
});

async function up(target: string, ...args: readonly string[]): Promise<TwinClient> {
  const options = ['up', '--json', '--speed', '60', '--traces', target, '--preset', ...args];
  twin = await TwinProcess.startWith(nodeOnly, ...options);
  return TwinClient.of(twin);
}

const view = async ({ url }: TwinClient, headers: Readonly<Record<string, string>>): Promise<string> => {
  const response = await fetch(`${url}/session`, { headers });
  expect(response.status).toBe(200);
  return ((await response.json()) as { servedBy: { taskId: string } }).servedBy.taskId;
};

describe('a traced request', () => {
  test.each(presets)(
    'is followed from client through balancer to the session store on %s',
    async (_, args) => {
      const client = await up(collector.url, ...args);
      const taskId = await view(client, { traceparent });
      await view(client, { 'x-amzn-trace-id': `Root=1-${root.slice(0, 8)}-${root.slice(8)}` });
      await eventually(
        () => Promise.resolve(collector.of(traceId).length + collector.of(root).length),
        (count) => count >= 4,
      );

      const [server, store, ...others] = collector.of(traceId);
      expect(others).toEqual([]);
      expect(server).toMatchObject({ name: 'GET /session', parentSpanId: 'b7ad6b7169203331' });
      expect(Object.fromEntries(server?.attributes ?? [])).toMatchObject({
        'http.request.method': 'GET',
        'http.route': '/session',
        'http.response.status_code': '200',
        'url.path': '/session',
      });
      // The balancer gave the request a trace id of its own, as its header is said to.
      expect(server?.attributes.get('http.request.header.x-amzn-trace-id')).toContain('Root=1-');
      expect(Object.fromEntries(server?.resource ?? [])).toMatchObject({
        'service.instance.id': taskId,
        'cloud.availability_zone': expect.stringMatching(/^us-east-1[a-z]$/),
        'deployment.environment.name': 'dev',
      });
      expect(store).toMatchObject({ name: 'transact lmdb', parentSpanId: server?.spanId });
      expect(store?.attributes.get('db.system.name')).toBe('lmdb');
      expect((store?.endTimeUnixNano ?? 0n) <= (server?.endTimeUnixNano ?? 0n)).toBe(true);

      // A trace that the client began by the balancer’s header goes on under its id; the balancer has marked its own hop.
      const [continued, storeOfIt] = collector.of(root);
      expect(continued?.attributes.get('http.request.header.x-amzn-trace-id')).toMatch(
        /Self=1-[^;]+;Root=1-/,
      );
      expect(continued).not.toHaveProperty('parentSpanId');
      expect(storeOfIt?.parentSpanId).toBe(continued?.spanId);
    },
  );

  test('is in the file that --traces names as OTLP in JSON, with what was left when the twin ended', async () => {
    const client = await up('traces.jsonl', 'stateless-asg');
    await view(client, { traceparent });
    twin?.signal('SIGINT');
    await twin?.exited;
    const text = await readFile(join(twin?.folder ?? '', 'traces.jsonl'), 'utf8');
    const names = text
      .trim()
      .split('\n')
      .flatMap((line) =>
        (
          JSON.parse(line) as {
            resourceSpans: { scopeSpans: { spans: { name: string; traceId: string }[] }[] }[];
          }
        ).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      )
      .filter((span) => span.traceId === traceId)
      .map(({ name }) => name);
    expect(names.toSorted()).toEqual(['GET /session', 'transact lmdb']);
  });

  test('is printed as a tree', async () => {
    const client = await up('print', 'stateless-asg');
    await view(client, { traceparent });
    await eventually(
      () => Promise.resolve(twin?.stderr ?? ''),
      (text) => text.includes('transact lmdb'),
    );
    expect(twin?.stderr).toMatch(
      new RegExp(
        `trace ${traceId}\\s+GET /session {2}200 {2}[\\d.]+ ms {2}i-\\w+ in us-east-1[a-z]\\s+transact lmdb {2}`,
      ),
    );
  });
});

test.each([
  ['ftp://127.0.0.1', 'an http or https URL'],
  ['/nowhere/traces.jsonl', '/nowhere/traces.jsonl'],
])('--traces %s is refused before anything starts', async (target, message) => {
  twin = await TwinProcess.start('up', '--preset', 'stateless-asg', '--traces', target);
  expect(await twin.exited).toBeGreaterThanOrEqual(2);
  expect(twin.stderr).toContain(message);
  expect(twin.stderr).not.toContain('URL      ');
});
