import type { Logger } from 'pino';
import type { AccessLog } from '../observability/access-log.ts';
import type { RequestMetrics } from '../observability/request-metrics.ts';
import type { RequestSpan, TracedRoute, Tracing } from '../tracing/tracing.ts';
import type { TaskState } from '../process/drain.ts';
import { problem, problemText } from './problem.ts';
import type { Reply } from './reply.ts';
import { pathOf } from './request-head.ts';
import { bindingsOf, requestHeader, type ApiContext } from './route.ts';
import { isRequestId } from './request-id.ts';
import { createRespond } from './respond.ts';

export interface ObserveOptions {
  readonly logger: Logger;
  /** Undefined when requests are not logged. */
  readonly accessLog: AccessLog | undefined;
  readonly metrics: RequestMetrics;
  /** Undefined where nothing is traced. */
  readonly tracing: Tracing | undefined;
  readonly taskState: TaskState;
  readonly nextRequestId: () => string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Where the docs page is, with the base path. */
  readonly docsUrl: string;
}

type Answer = (context: ApiContext) => Reply | Promise<Reply>;
type Observe = (route: TracedRoute, answer: Answer) => (context: ApiContext) => Response | Promise<Response>;

/**
 * Everything that happens around a handler, in one function instead of a chain of middleware: request id, security
 * headers, metrics, access log, `connection: close` while draining, and 500 for what a handler throws. A handler that
 * answers at once stays synchronous, which is what keeps the API close to a bare Hono route.
 */
export function createObserve(options: ObserveOptions): Observe {
  const { logger, accessLog, metrics, tracing, taskState, nextRequestId, now, docsUrl } = options;
  const respond = createRespond(taskState);

  return (traced, answer) => {
    const { path: route } = traced;
    const routeMetrics = metrics.forRoute(route);
    const routeTracing = tracing?.forRoute(traced);

    const finish = (context: ApiContext, reply: Reply, started: Started): Response => {
      const { requestId, startedMs, span } = started;
      const isProblem = 'problem' in reply;
      const status = isProblem ? reply.problem.status : reply.status;
      const body = isProblem ? problemText(reply.problem, requestId, docsUrl) : reply.body;
      const endedMs = now();
      const durationMs = endedMs - startedMs;
      metrics.inFlight -= 1;
      routeMetrics.record(status, durationMs);
      if (accessLog !== undefined || span !== undefined) {
        const incoming = bindingsOf(context)?.incoming;
        const method = incoming?.method ?? context.req.method;
        const url = incoming === undefined ? context.req.path : pathOf(incoming);
        accessLog?.({
          requestId,
          traceId: requestHeader(context, 'x-amzn-trace-id'),
          span,
          method,
          url,
          route,
          status,
          durationMs,
        });
        if (span !== undefined) routeTracing?.end(span, { method, url, status, endedMs });
      }
      const contentType = isProblem ? 'application/problem+json' : reply.contentType;
      return respond(context, { status, contentType, requestId, body, headers: reply.headers });
    };

    const failed = (error: unknown, { requestId, span }: Started): Reply => {
      const trace = span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
      logger.error({ requestId, route, ...trace, err: error }, 'handler failed');
      return problem('internal', 'The request could not be answered; the logs have the reason under its id.');
    };

    return (context) => {
      const sent = requestHeader(context, 'x-request-id');
      const startedMs = now();
      const span = routeTracing?.begin(context, startedMs);
      const requestId = sent !== undefined && isRequestId(sent) ? sent : nextRequestId();
      const started = { requestId, startedMs, span };
      metrics.inFlight += 1;
      let reply: Reply | Promise<Reply>;
      try {
        reply =
          span === undefined || routeTracing === undefined
            ? answer(context)
            : routeTracing.run(span, answer, context);
      } catch (error) {
        reply = failed(error, started);
      }
      if (!(reply instanceof Promise)) return finish(context, reply, started);
      return reply
        .catch((error: unknown) => failed(error, started))
        .then((settled) => finish(context, settled, started));
    };
  };
}

interface Started {
  readonly requestId: string;
  readonly startedMs: number;
  /** Undefined where the request is not traced. */
  readonly span: RequestSpan | undefined;
}
