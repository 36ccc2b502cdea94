import { describe, expect, test } from '@jest/globals';
import { httpInstrumentationMiddleware } from '@hono/otel';
import { SpanKind } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { Hono } from 'hono';
import { inMemoryApi } from '../../../test/in-memory-api.ts';
import { StoreUnavailable } from '../../documents/document-store.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { empty } from '../../http/reply.ts';
import type { TraceOperation } from '../tracing.ts';
import type { SpanEnd, SpanStart } from './recorded-span.ts';
import { RequestTracer } from './request-tracer.ts';
import type { SpanDescription } from './span-shape.ts';
import { WallClock } from './wall-clock.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';

interface EndedSpan extends SpanDescription {
  readonly start: SpanStart;
  readonly end: SpanEnd;
}

function traced(sampledShare = 1, env: Readonly<Record<string, string>> = {}) {
  const spans: EndedSpan[] = [];
  let milliseconds = 0;
  const tracer = new RequestTracer({
    config: { propagation: 'w3c', sampledShare },
    basePath: env.BASE_PATH ?? '',
    take: (start, end) => void spans.push({ start, end, ...end.shape }),
    close: () => Promise.resolve(),
    clock: new WallClock(
      () => 1_700_000_000_000,
      () => (milliseconds += 1),
    ),
  });
  const redis = {
    kind: 'redis',
    server: { address: 'cache', port: 6379 },
    isFailure: (error: unknown) => error instanceof StoreUnavailable,
  } as const;
  const operation = tracer.forStore(redis);
  const api = inMemoryApi({ env, tracing: tracer, extraRoutes: storeRoutes(operation) });
  return { ...api, spans, operation };
}

/** Routes that ask a store, one of which never answers. */
const storeRoutes = (operation: TraceOperation): readonly Route[] => [
  {
    ...defineRoute({
      ...described('/store'),
      handle: async () => {
        await operation('touch', () => Promise.resolve());
        return empty(204);
      },
    }),
    usesStores: true,
  },
  {
    ...defineRoute({
      ...described('/store-down'),
      handle: () => operation('read', () => Promise.reject(new StoreUnavailable('secret-key is away'))),
    }),
    usesStores: true,
  },
];

const described = (path: `/${string}`) =>
  ({ method: 'GET', path, operationId: path.slice(1), summary: path, responses: [], problems: [] }) as const;

describe('the span of a request', () => {
  test('has the attributes of the conventions, and neither query nor any other header', async () => {
    const { app, spans } = traced();
    await app.request('/host?token=secret', {
      headers: { 'x-amzn-trace-id': root, cookie: 'session=secret', authorization: 'Bearer secret' },
    });
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ name: 'GET /host', kind: 1, status: { code: 0 } });
    expect(spans[0]?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/host',
      'http.response.status_code': 200,
      'url.scheme': 'http',
    });
    expect([spans[0]?.end.path, spans[0]?.start.amznTraceId]).toEqual(['/host', root]);
    expect(JSON.stringify(spans)).not.toContain('secret');
  });

  test('goes on with the client’s trace, or has the balancer’s id for its own', async () => {
    const { app, spans } = traced();
    await app.request('/host', { headers: { traceparent, 'x-amzn-trace-id': root } });
    await app.request('/host', { headers: { 'x-amzn-trace-id': root } });
    expect(spans.map((span) => [span.start.trace.digits, span.start.parent?.digits])).toEqual([
      ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'],
      ['5759e988bd862e3fe1be46a994272793', undefined],
    ]);
  });

  test('is named on the line of the access log, and on none of a request that is not traced', async () => {
    const { app, spans, accesses } = traced();
    await app.request('/host', { headers: { traceparent } });
    await app.request('/host', { headers: { traceparent: traceparent.replace(/1$/, '0') } });
    expect(accesses.map(({ span }) => span && [span.traceId, span.spanId])).toEqual([
      ['0af7651916cd43dd8448eb211c80319c', spans[0]?.start.span.digits],
      undefined,
    ]);
    expect(spans).toHaveLength(1);
  });

  test('is an error for 5xx alone', async () => {
    const { app, spans } = traced();
    await app.request('/nowhere');
    await app.request('/store-down');
    const servers = spans.filter(({ kind }) => kind === SpanKind.SERVER);
    expect(
      servers.map(({ name, status, attributes }) => [name, status.code, attributes['error.type']]),
    ).toEqual([
      ['GET', 0, undefined],
      ['GET /store-down', 2, '500'],
    ]);
  });

  test('has the base path in its route, and there is none for a health check', async () => {
    const { app, spans } = traced(1, { BASE_PATH: '/dev' });
    for (const path of ['/dev', '/dev/host', '/dev/health', '/health', '/dev/ready']) await app.request(path);
    expect(spans.map(({ name }) => name)).toEqual(['GET /dev', 'GET /dev/host']);
  });

  test('exists for the share that is asked for, and for what its caller has sampled', async () => {
    const { app, spans } = traced(0);
    await app.request('/host');
    await app.request('/host', { headers: { 'x-amzn-trace-id': root } });
    expect(spans).toEqual([]);
    await app.request('/host', { headers: { traceparent } });
    await app.request('/host', { headers: { 'x-amzn-trace-id': `${root};Sampled=1` } });
    expect(spans).toHaveLength(2);
  });

  test('has the name, kind and attributes that Hono’s own middleware gives one', async () => {
    const exporter = new InMemorySpanExporter();
    const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const peer = new Hono();
    peer.use('*', httpInstrumentationMiddleware({ tracerProvider }));
    peer.get('/host', (context) => context.text('here'));
    await peer.request('/host');
    const { app, spans } = traced();
    await app.request('/host');
    const [theirs] = exporter.getFinishedSpans();
    const [own] = spans;
    expect([own?.name, own?.kind, own?.status.code]).toEqual([
      theirs?.name,
      theirs?.kind,
      theirs?.status.code,
    ]);
    // The conventions ask for the path; Hono’s middleware gives the whole URL with its query, which we keep out.
    const shared = Object.entries(theirs?.attributes ?? {}).filter(
      ([name, value]) => name !== 'url.full' && value !== undefined,
    );
    expect(shared.length).toBeGreaterThan(2);
    expect({ ...own?.attributes, 'url.path': own?.end.path }).toMatchObject(Object.fromEntries(shared));
  });
});

describe('the span of a store’s operation', () => {
  test('is a child of its request’s', async () => {
    const { app, spans } = traced();
    await Promise.all([app.request('/store'), app.request('/store')]);
    const servers = spans.filter(({ kind }) => kind === SpanKind.SERVER);
    const stores = spans.filter(({ kind }) => kind === SpanKind.CLIENT);
    expect(stores).toHaveLength(2);
    expect(new Set(servers.map(({ start }) => start.trace)).size).toBe(2);
    for (const store of stores) {
      const server = servers.find(({ start }) => start.span === store.start.parent);
      expect(server?.start.trace).toBe(store.start.trace);
      expect(store.name).toBe('GETEX cache:6379');
      expect(store.attributes).toEqual({
        'db.system.name': 'redis',
        'db.operation.name': 'GETEX',
        'server.address': 'cache',
        'server.port': 6379,
      });
    }
  });

  test('says which failure it was, and not its words', async () => {
    const { app, spans } = traced();
    await app.request('/store-down');
    const [store] = spans.filter(({ kind }) => kind === SpanKind.CLIENT);
    expect(store).toMatchObject({ status: { code: 2 } });
    expect(store?.attributes['error.type']).toBe('StoreUnavailable');
    expect(JSON.stringify(store?.attributes)).not.toContain('secret-key');
  });

  test('does not exist outside a traced request', async () => {
    const { operation, spans } = traced();
    expect(await operation('read', () => Promise.resolve(7))).toBe(7);
    expect(spans).toEqual([]);
  });
});
