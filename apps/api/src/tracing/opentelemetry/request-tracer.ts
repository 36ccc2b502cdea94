import { AsyncLocalStorage } from 'node:async_hooks';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { requestHeader, unmatchedRoute, type ApiContext } from '../../http/route.ts';
import type { TraceConfig } from '../trace-variables.ts';
import type {
  Answered,
  RouteTracing,
  TracedRoute,
  TracedStore,
  TraceOperation,
  Tracing,
} from '../tracing.ts';
import { RecordedSpan, type SpanSource, type SpanStart } from './recorded-span.ts';
import { isLeftOut, type RemoteTrace, remoteTrace } from './remote-trace.ts';
import { serverShape, type SpanShape, storeShape } from './span-shape.ts';
import { isInShare, newSpanId, newTraceId } from './trace-ids.ts';
import type { WallClock } from './wall-clock.ts';

export interface RequestTracerOptions {
  readonly config: Pick<TraceConfig, 'propagation' | 'sampledShare'>;
  readonly basePath: string;
  readonly source: SpanSource;
  readonly processor: Pick<SpanProcessor, 'onEnd' | 'shutdown'>;
  readonly clock: WallClock;
}

const checkPaths: readonly string[] = ['/health', '/ready'];
/** Characters of a path that a span keeps; X-Ray takes 64 kB of a segment. */
const longestPath = 1024;

/** Spans of requests, and of what they ask of stores. */
export class RequestTracer implements Tracing {
  readonly #options: RequestTracerOptions;
  readonly #active = new AsyncLocalStorage<RecordedSpan>();

  constructor(options: RequestTracerOptions) {
    this.#options = options;
  }

  forRoute({ path, usesStores }: TracedRoute): RouteTracing | undefined {
    if (checkPaths.includes(path)) return undefined;
    const { basePath } = this.#options;
    const isBase = path === '/' && basePath !== '';
    const shapes = new ServerShapes(path === unmatchedRoute ? undefined : basePath + (isBase ? '' : path));
    return {
      begin: (context, startedMs) => this.#begin(context, startedMs),
      run: (span, answer, context) =>
        usesStores && span instanceof RecordedSpan
          ? this.#active.run(span, answer, context)
          : answer(context),
      end: (span, answered) => {
        if (span instanceof RecordedSpan) this.#end(span, shapes, answered);
      },
    };
  }

  forStore(store: TracedStore): TraceOperation {
    const shapes = new StoreShapes(store);
    return async (operation, run) => {
      const parent = this.#active.getStore();
      if (parent === undefined) return run();
      const { clock } = this.#options;
      const { traceId, spanId: parentSpanId } = parent;
      const span = this.#start({
        traceId,
        spanId: newSpanId(),
        parentSpanId,
        hasRemoteParent: false,
        amznTraceId: undefined,
      });
      span.startMs = clock.at(clock.now());
      let errorType: string | undefined;
      try {
        return await run();
      } catch (error) {
        if (store.isFailure(error)) errorType = error instanceof Error ? error.name : '_OTHER';
        throw error;
      } finally {
        span.endMs = clock.at(clock.now());
        span.shape = shapes.of(operation, errorType);
        this.#finish(span);
      }
    };
  }

  close(): Promise<void> {
    return this.#options.processor.shutdown();
  }

  /** Parent-based: a trace that has been decided on goes on as decided; of the others, a share of the ids. */
  #begin(context: ApiContext, startedMs: number): RecordedSpan | undefined {
    const { propagation, sampledShare } = this.#options.config;
    const traceparent = requestHeader(context, 'traceparent');
    const amznTraceId = requestHeader(context, 'x-amzn-trace-id');
    const headers = { traceparent, amznTraceId };
    if (isLeftOut(headers, sampledShare)) return undefined;
    const remote = remoteTrace(headers, propagation);
    const traceId = remote === undefined ? newTraceId(sampledShare) : sampledId(remote, sampledShare);
    if (traceId === undefined) return undefined;
    const parentSpanId = remote?.parentSpanId;
    const span = this.#start({
      traceId,
      spanId: newSpanId(),
      parentSpanId,
      hasRemoteParent: parentSpanId !== undefined,
      amznTraceId,
    });
    span.startMs = this.#options.clock.at(startedMs);
    return span;
  }

  #end(span: RecordedSpan, shapes: ServerShapes, { method, url, status, endedMs }: Answered): void {
    span.endMs = this.#options.clock.at(endedMs);
    span.path = pathOnly(url);
    span.shape = shapes.of(method, status);
    this.#finish(span);
  }

  #start(start: SpanStart): RecordedSpan {
    return new RecordedSpan(this.#options.source, start);
  }

  #finish(span: RecordedSpan): void {
    // Its parent may be undefined where the interface has none, which is the same to all who read it.
    this.#options.processor.onEnd(span as ReadableSpan);
  }
}

/** @returns undefined for a trace that is not sampled */
const sampledId = ({ traceId, isSampled }: RemoteTrace, share: number): string | undefined =>
  (isSampled ?? isInShare(traceId, share)) ? traceId : undefined;

/** Shapes of one route’s spans by status and method. */
class ServerShapes {
  readonly #route: string | undefined;
  readonly #byStatus = new Map<number, Map<string, SpanShape>>();

  constructor(route: string | undefined) {
    this.#route = route;
  }

  of(method: string, status: number): SpanShape {
    let byMethod = this.#byStatus.get(status);
    if (byMethod === undefined) this.#byStatus.set(status, (byMethod = new Map<string, SpanShape>()));
    const known = byMethod.get(method);
    if (known !== undefined) return known;
    const shape = serverShape(this.#route, method, status);
    byMethod.set(method, shape);
    return shape;
  }
}

/** Shapes of one store’s spans by operation and failure. */
class StoreShapes {
  readonly #store: TracedStore;
  readonly #known = new Map<string, SpanShape>();

  constructor(store: TracedStore) {
    this.#store = store;
  }

  of(operation: string, errorType: string | undefined): SpanShape {
    const key = `${operation} ${errorType ?? ''}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const shape = storeShape(this.#store, operation, errorType);
    this.#known.set(key, shape);
    return shape;
  }
}

/** Without the query, which may carry what traces must not keep. */
function pathOnly(url: string): string {
  const query = url.indexOf('?');
  const end = Math.min(query === -1 ? url.length : query, longestPath);
  return end === url.length ? url : url.slice(0, end);
}
