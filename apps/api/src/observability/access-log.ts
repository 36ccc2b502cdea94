/** One answered request. */
export interface Access {
  /** Generated here or accepted by `isRequestId`, so that it needs no escaping. */
  readonly requestId: string;
  /** `X-Amzn-Trace-Id`, which an AWS balancer sets. */
  readonly traceId: string | undefined;
  /** An HTTP token, which cannot hold a quote or a backslash. */
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
}

export type AccessLog = (access: Access) => void;

export interface AccessLogOptions {
  readonly taskId: string;
  readonly write: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** pino’s number for `info`. */
const infoLevel = 30;

/**
 * Writes the line that `logger.info(access, 'request')` would write. By hand, because there is one per request and pino
 * takes several microseconds for it, a tenth of the whole request. The query stays out: it may carry what logs must not keep.
 */
export function createAccessLog({ taskId, write, now }: AccessLogOptions): AccessLog {
  const task = JSON.stringify(taskId);
  return ({ requestId, traceId, method, url, route, status, durationMs }) => {
    const query = url.indexOf('?');
    const path = query === -1 ? url : url.slice(0, query);
    const trace = traceId === undefined ? '' : `"traceId":${quoted(traceId)},`;
    write(
      `{"level":${infoLevel},"time":${now()},"taskId":${task},"requestId":"${requestId}",${trace}"method":"${method}",` +
        `"path":${quoted(path)},"route":"${route}","status":${status},"durationMs":${Math.round(durationMs * 1000) / 1000},"msg":"request"}\n`,
    );
  };
}

/** Printable ASCII without quote and backslash stands for itself in JSON. */
const plain = /^[ !#-[\]-~]*$/;
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
