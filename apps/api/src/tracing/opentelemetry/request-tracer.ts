import { AsyncLocalStorage } from 'node:async_hooks';
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
import { ServerShapes, StoreShapes } from './known-shapes.ts';
import { RecordedSpan, type TakeSpan } from './recorded-span.ts';
import { isLeftOut, type RemoteTrace, remoteTrace } from './remote-trace.ts';
import { isInShare, newSampledTraceId } from './sampled-share.ts';
import { newSpanId, spanIdOf, type TraceId, traceIdOf } from './trace-ids.ts';
import type { WallClock } from './wall-clock.ts';

export interface RequestTracerOptions {
  readonly config: Pick<TraceConfig, 'propagation' | 'sampledShare'>;
  readonly basePath: string;
  readonly take: TakeSpan;
  /** Exports what was taken. */
  readonly close: () => Promise<void>;
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
      const { clock, take } = this.#options;
      const span = {
        trace: parent.trace,
        span: newSpanId(),
        parent: parent.span,
        hasRemoteParent: false,
        amznTraceId: undefined,
        startMs: clock.at(clock.now()),
      };
      let errorType: string | undefined;
      try {
        return await run();
      } catch (error) {
        if (store.isFailure(error)) errorType = error instanceof Error ? error.name : '_OTHER';
        throw error;
      } finally {
        const shape = shapes.of(operation, errorType);
        take(span, { shape, endMs: clock.at(clock.now()), path: undefined });
      }
    };
  }

  close(): Promise<void> {
    return this.#options.close();
  }

  /** Parent-based: a trace that has been decided on goes on as decided; of the others, a share of the ids. */
  #begin(context: ApiContext, startedMs: number): RecordedSpan | undefined {
    const { propagation, sampledShare } = this.#options.config;
    const traceparent = requestHeader(context, 'traceparent');
    const amznTraceId = requestHeader(context, 'x-amzn-trace-id');
    const headers = { traceparent, amznTraceId };
    if (isLeftOut(headers, sampledShare)) return undefined;
    const remote = remoteTrace(headers, propagation);
    const trace = remote === undefined ? newSampledTraceId(sampledShare) : sampledId(remote, sampledShare);
    if (trace === undefined) return undefined;
    const parentSpanId = remote?.parentSpanId;
    return new RecordedSpan({
      trace,
      span: newSpanId(),
      parent: parentSpanId === undefined ? undefined : spanIdOf(parentSpanId),
      hasRemoteParent: parentSpanId !== undefined,
      amznTraceId,
      startMs: this.#options.clock.at(startedMs),
    });
  }

  #end(span: RecordedSpan, shapes: ServerShapes, { method, url, status, endedMs }: Answered): void {
    const { clock, take } = this.#options;
    take(span, { shape: shapes.of(method, status), endMs: clock.at(endedMs), path: pathOnly(url) });
  }
}

/** @returns undefined for a trace that is not sampled */
const sampledId = ({ traceId, isSampled }: RemoteTrace, share: number): TraceId | undefined =>
  (isSampled ?? isInShare(traceId, share)) ? traceIdOf(traceId) : undefined;

/** Without the query, which may carry what traces must not keep. */
function pathOnly(url: string): string {
  const query = url.indexOf('?');
  const end = Math.min(query === -1 ? url.length : query, longestPath);
  return end === url.length ? url : url.slice(0, end);
}
