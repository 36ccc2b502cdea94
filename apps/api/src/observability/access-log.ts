/** One answered request. */
export interface Access {
  /** Generated here or accepted by `isRequestId`, so that it needs no escaping. */
  readonly requestId: string;
  /** `X-Amzn-Trace-Id`, which an AWS balancer sets. */
  readonly traceId: string | undefined;
  /** The span of a traced request: hexadecimal digits. */
  readonly span: { readonly traceId: string; readonly spanId: string } | undefined;
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
  const head = `,"taskId":${JSON.stringify(taskId)},"requestId":"`;
  /** Beginning of every line of this millisecond: a number that large is slow to write out. */
  let start = '';
  let startMs = NaN;
  return ({ requestId, traceId, span, method, url, route, status, durationMs }) => {
    const nowMs = now();
    if (nowMs !== startMs) {
      startMs = nowMs;
      start = `{"level":${infoLevel},"time":${nowMs}${head}`;
    }
    const query = url.indexOf('?');
    const path = query === -1 ? url : url.slice(0, query);
    const trace = traceId === undefined ? '' : `"traceId":${quoted(traceId)},`;
    // Names of OpenTelemetry for logs that are not its own (Trace Context in non-OTLP Log Formats).
    const spanFields = span === undefined ? '' : `"trace_id":"${span.traceId}","span_id":"${span.spanId}",`;
    write(
      `${start}${requestId}",${trace}${spanFields}"method":"${method}",` +
        `"path":${quoted(path)},"route":"${route}","status":${status},"durationMs":${milliseconds(durationMs)},"msg":"request"}\n`,
    );
  };
}

/** `.001` to `.999` without zeros at the end, and nothing for 0: the engine takes a while to write out a fraction. */
const thousandths = Array.from({ length: 1000 }, (_, count) => String(count / 1000).slice(1));

/** As a JSON number, to the microsecond. @param duration not negative */
function milliseconds(duration: number): string {
  const microseconds = Math.round(duration * 1000);
  const whole = Math.floor(microseconds / 1000);
  return `${whole}${thousandths[microseconds - whole * 1000] ?? ''}`;
}

/** Printable ASCII without quote and backslash stands for itself in JSON. */
const plain = /^[ !#-[\]-~]*$/;
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
