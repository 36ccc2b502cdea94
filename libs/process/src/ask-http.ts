import { request } from 'node:http';

/** What one request came to: its status as soon as the answer’s head is here, or why there was none. */
export type HttpOutcome =
  | { readonly kind: 'answer'; readonly status: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'failed'; readonly cause: string };

export interface HttpQuestion {
  readonly host: string;
  readonly port: number;
  /** With its query. */
  readonly path: string;
  readonly userAgent: string;
  /** How long the answer may take to begin, ms of wall time. */
  readonly timeoutMs: number;
  /** Ends the question. @default nothing does */
  readonly signal?: AbortSignal;
}

/** One GET on a connection of its own. The body is not read. Never rejects. */
export const askHttp = ({
  host,
  port,
  path,
  userAgent,
  timeoutMs,
  signal,
}: HttpQuestion): Promise<HttpOutcome> =>
  new Promise((resolve) => {
    const question = request({
      host,
      port,
      path,
      agent: false,
      headers: { host: `${host}:${port}`, 'user-agent': userAgent, connection: 'close' },
    });
    const settle = (outcome: HttpOutcome): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abandon);
      resolve(outcome);
      question.destroy();
    };
    const abandon = (): void => settle({ kind: 'failed', cause: 'the request was stopped' });
    const timer = setTimeout(() => settle({ kind: 'timeout' }), timeoutMs);
    signal?.addEventListener('abort', abandon);
    question.on('response', (response) => settle({ kind: 'answer', status: response.statusCode ?? 0 }));
    // Stays attached after settling: destroying a request that is under way reports an error once more.
    question.on('error', (error) => settle({ kind: 'failed', cause: error.message }));
    question.end();
  });
