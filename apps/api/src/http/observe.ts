import type { Logger } from 'pino';
import type { AccessLog } from '../observability/access-log.ts';
import type { RequestMetrics } from '../observability/request-metrics.ts';
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
  readonly taskState: TaskState;
  readonly nextRequestId: () => string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Where the docs page is, with the base path. */
  readonly docsUrl: string;
}

type Answer = (context: ApiContext) => Reply | Promise<Reply>;
type Observe = (route: string, answer: Answer) => (context: ApiContext) => Response | Promise<Response>;

/**
 * Everything that happens around a handler, in one function instead of a chain of middleware: request id, security
 * headers, metrics, access log, `connection: close` while draining, and 500 for what a handler throws. A handler that
 * answers at once stays synchronous, which is what keeps the API close to a bare Hono route.
 */
export function createObserve(options: ObserveOptions): Observe {
  const { logger, accessLog, metrics, taskState, nextRequestId, now, docsUrl } = options;
  const respond = createRespond(taskState);

  return (route, answer) => {
    const routeMetrics = metrics.forRoute(route);

    const finish = (context: ApiContext, reply: Reply, { requestId, startedMs }: Started): Response => {
      const isProblem = 'problem' in reply;
      const status = isProblem ? reply.problem.status : reply.status;
      const body = isProblem ? problemText(reply.problem, requestId, docsUrl) : reply.body;
      const durationMs = now() - startedMs;
      metrics.inFlight -= 1;
      routeMetrics.record(status, durationMs);
      if (accessLog !== undefined) {
        const incoming = bindingsOf(context)?.incoming;
        accessLog({
          requestId,
          traceId: requestHeader(context, 'x-amzn-trace-id'),
          method: incoming?.method ?? context.req.method,
          url: incoming === undefined ? context.req.path : pathOf(incoming),
          route,
          status,
          durationMs,
        });
      }
      const contentType = isProblem ? 'application/problem+json' : reply.contentType;
      return respond(context, { status, contentType, requestId, body, headers: reply.headers });
    };

    const failed = (error: unknown, { requestId }: Started): Reply => {
      logger.error({ requestId, route, err: error }, 'handler failed');
      return problem('internal', 'The request could not be answered; the logs have the reason under its id.');
    };

    return (context) => {
      const sent = requestHeader(context, 'x-request-id');
      const started = {
        requestId: sent !== undefined && isRequestId(sent) ? sent : nextRequestId(),
        startedMs: now(),
      };
      metrics.inFlight += 1;
      let reply: Reply | Promise<Reply>;
      try {
        reply = answer(context);
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
}
