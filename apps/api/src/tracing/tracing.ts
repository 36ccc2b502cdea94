import type { ApiContext } from '../http/route.ts';

/** What is known of a request once its answer is ready. */
export interface Answered {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly status: number;
  /** Monotonic milliseconds. */
  readonly endedMs: number;
}

/** The span of one request that is traced. */
export interface RequestSpan {
  /** 32 hexadecimal digits; those of the balancer’s `Root` where the request has one and no other trace goes on. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

/** Spans of the requests of one route. */
export interface RouteTracing {
  /** @param startedMs monotonic milliseconds @returns undefined for a request that is not sampled */
  begin(context: ApiContext, startedMs: number): RequestSpan | undefined;
  /** Answers the request of the span: operations of stores that the answer needs become children of the span. */
  run<Result>(span: RequestSpan, answer: (context: ApiContext) => Result, context: ApiContext): Result;
  /** Ends the span, which is then exported. */
  end(span: RequestSpan, answered: Answered): void;
}

/** What tracing has to know of a route. */
export interface TracedRoute {
  /** Hono’s pattern without the base path. */
  readonly path: string;
  /** Whether its answers need a store. Only then is it kept which request an operation is for: that costs 5 % of a request on Node 20. */
  readonly usesStores: boolean;
}

/** What a store is, to those who read its spans. */
export interface TracedStore {
  readonly kind: 'redis' | 'embedded' | 's3' | 'disk';
  /** Where a server is; undefined for a store of this machine. */
  readonly server?: { readonly address: string; readonly port: number };
  /** Bucket of an S3 store. */
  readonly bucket?: string;
  /** Whether what an operation threw is the store’s own failure. */
  readonly isFailure: (error: unknown) => boolean;
}

/** Runs an operation of a store; as a span of its own where the request is traced. */
export type TraceOperation = <Result>(operation: string, run: () => Promise<Result>) => Promise<Result>;

/** Tracing as the program sees it. Where it is off there is none, and no code for it is loaded. */
export interface Tracing {
  /** @returns undefined for a route whose requests are not traced: health checks would be most of the traces */
  forRoute(route: TracedRoute): RouteTracing | undefined;
  forStore(store: TracedStore): TraceOperation;
  /** Exports what waits, for as long as an export may take (3 s). */
  close(): Promise<void>;
}
