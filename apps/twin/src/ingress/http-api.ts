import type { Environment } from '@tideline/config';
import type { Admit, EntryRefusal } from '../balancer/client-connection.ts';
import type { RequestHead } from '../balancer/http/request-head.ts';
import { TokenBucket } from './token-bucket.ts';

type HttpApiSettings = Extract<Environment['ingress'], { kind: 'api-gateway' }>;

/** What the HTTP API has counted of its own. Names follow CloudWatch’s AWS/ApiGateway. */
export interface HttpApiCounts {
  /** Count: every request. */
  readonly count: number;
  /** Requests above the throttling limits: 429. A part of 4xx. */
  readonly throttled: number;
  /** Requests for no stage that exists: 404. A part of 4xx. */
  readonly notFound: number;
}

/**
 * An HTTP API in front of the balancer: its stage, which it passes on, and its throttling. What it refuses never gets to the
 * balancer, and is counted here alone.
 */
export class HttpApi {
  readonly #stagePath: string;
  readonly #bucket: TokenBucket;
  readonly #nowSeconds: () => number;
  #count = 0;
  #throttled = 0;
  #notFound = 0;

  /** @param nowSeconds wall clock: rates are real whatever the speed of cloud time */
  constructor({ stage, throttling }: HttpApiSettings, nowSeconds: () => number) {
    this.#stagePath = `/${stage}`;
    this.#nowSeconds = nowSeconds;
    this.#bucket = new TokenBucket({ ...throttling, nowSeconds: nowSeconds() });
  }

  readonly admit: Admit = (request) => {
    this.#count += 1;
    if (!this.#isInStage(request.target)) {
      this.#notFound += 1;
      return refusal(request, '404 Not Found', 'Not Found');
    }
    if (this.#bucket.take(this.#nowSeconds())) return undefined;
    this.#throttled += 1;
    return refusal(request, '429 Too Many Requests', 'Too Many Requests');
  };

  counts(): HttpApiCounts {
    return { count: this.#count, throttled: this.#throttled, notFound: this.#notFound };
  }

  #isInStage(target: string): boolean {
    if (!target.startsWith(this.#stagePath)) return false;
    const next = target.charAt(this.#stagePath.length);
    return next === '' || next === '/' || next === '?';
  }
}

/** The answers of an HTTP API itself: JSON with a message. */
function refusal(request: RequestHead, statusLine: string, message: string): EntryRefusal {
  // The rest of a body that nobody reads would be taken for the next request.
  const keepAlive = request.keepAlive && request.body === 0;
  const body = JSON.stringify({ message });
  const head = `HTTP/1.1 ${statusLine}\r\nDate: ${new Date().toUTCString()}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  return {
    keepAlive,
    response: `${head}Connection: ${keepAlive ? 'keep-alive' : 'close'}\r\n\r\n${request.method === 'HEAD' ? '' : body}`,
  };
}
