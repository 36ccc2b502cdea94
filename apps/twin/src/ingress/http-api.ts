import type { Ingress } from '@tideline/config';
import { entryAnswer } from '../balancer/entry-answer.ts';
import type { EditFields, Entry, EntryAnswer, Patience } from '../balancer/entry.ts';
import type { RequestHead } from '../balancer/http/request-head.ts';
import { Cors } from './cors.ts';
import { TokenBucket } from './token-bucket.ts';

/** What the HTTP API has counted of its own. Names follow CloudWatch’s AWS/ApiGateway. */
export interface HttpApiCounts {
  /** Count: every request. */
  readonly count: number;
  /** Requests above the throttling limits: 429. A part of 4xx. */
  readonly throttled: number;
  /** Requests for no stage that exists: 404. A part of 4xx. */
  readonly notFound: number;
  /** Requests whose response did not begin within the integration’s timeout: 503. A part of 5xx. */
  readonly timedOut: number;
}

/**
 * An HTTP API in front of the balancer: its stage, which it passes on, its throttling, CORS, and the time that it waits. What it
 * answers itself never gets to the balancer, and is counted here alone; a response that it does not wait for is counted there as
 * one whose client has gone.
 */
export class HttpApi implements Entry, Patience {
  readonly passesUpgrades = false;
  readonly timeoutMs: number;
  readonly #stagePath: string;
  readonly #bucket: TokenBucket;
  readonly #nowSeconds: () => number;
  readonly #counts = { count: 0, throttled: 0, notFound: 0, timedOut: 0 };
  readonly #cors: Cors | undefined;

  /** @param nowSeconds wall clock: rates are real whatever the speed of cloud time */
  constructor({ stage, throttling, timeoutSeconds, cors }: Ingress<'api-gateway'>, nowSeconds: () => number) {
    this.#stagePath = `/${stage}`;
    this.timeoutMs = timeoutSeconds * 1000;
    this.#cors = cors === null ? undefined : new Cors(cors);
    this.#nowSeconds = nowSeconds;
    this.#bucket = new TokenBucket({ ...throttling, nowSeconds: nowSeconds() });
  }

  get patience(): Patience {
    return this;
  }

  admit(request: RequestHead): EntryAnswer | undefined {
    this.#counts.count += 1;
    if (!this.#isInStage(request.target)) {
      this.#counts.notFound += 1;
      return message(request, '404 Not Found');
    }
    if (!this.#bucket.take(this.#nowSeconds())) {
      this.#counts.throttled += 1;
      return message(request, '429 Too Many Requests');
    }
    const preflight = this.#cors?.preflight(request);
    return preflight === undefined
      ? undefined
      : entryAnswer(request, { statusLine: '204 No Content', fields: preflight });
  }

  timedOut(request: RequestHead, canKeepAlive: boolean): EntryAnswer {
    this.#counts.timedOut += 1;
    return message(request, '503 Service Unavailable', canKeepAlive);
  }

  responseFields(request: RequestHead): EditFields | undefined {
    return this.#cors?.responseFields(request);
  }

  counts(): HttpApiCounts {
    return { ...this.#counts };
  }

  #isInStage(target: string): boolean {
    if (!target.startsWith(this.#stagePath)) return false;
    const next = target.charAt(this.#stagePath.length);
    return next === '' || next === '/' || next === '?';
  }
}

/** An answer of the HTTP API itself: JSON with the status line’s reason as its message. */
function message(request: RequestHead, statusLine: string, canKeepAlive?: boolean): EntryAnswer {
  const body = JSON.stringify({ message: statusLine.slice(statusLine.indexOf(' ') + 1) });
  const fields = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  return entryAnswer(request, {
    statusLine,
    fields,
    body,
    ...(canKeepAlive === undefined ? {} : { canKeepAlive }),
  });
}
