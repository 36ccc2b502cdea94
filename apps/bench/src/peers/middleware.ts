import { randomBytes } from 'node:crypto';

/** What the API does around every request, for peers to do in the way of their own framework. */

/** The API’s own security headers, all but the request id. */
export const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

const acceptable = /^[\w.:+=/@-]{1,128}$/;
const prefix = randomBytes(6).toString('hex');
let count = 0;

/** The id that a client sent where it is fit for logs, a new one otherwise. */
export const requestId = (sent: string | readonly string[] | undefined): string =>
  typeof sent === 'string' && acceptable.test(sent) ? sent : `${prefix}-${(++count).toString(36)}`;

const boundsMs = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

/** Counts by route and status, and durations in buckets. */
export class Metrics {
  inFlight = 0;
  readonly #byRoute = new Map<
    string,
    { readonly statuses: Map<number, number>; readonly buckets: number[] }
  >();

  record(route: string, status: number, durationMs: number): void {
    let counts = this.#byRoute.get(route);
    if (counts === undefined) {
      counts = { statuses: new Map(), buckets: new Array<number>(boundsMs.length + 1).fill(0) };
      this.#byRoute.set(route, counts);
    }
    counts.statuses.set(status, (counts.statuses.get(status) ?? 0) + 1);
    const bucket = boundsMs.findIndex((bound) => durationMs <= bound);
    const index = bucket < 0 ? boundsMs.length : bucket;
    counts.buckets[index] = (counts.buckets[index] ?? 0) + 1;
  }
}

const blockCharacters = 32_768;
const longestDelayMs = 200;
let block = '';

function pass(): void {
  if (block !== '') process.stdout.write(block);
  block = '';
}

/** One line of JSON per request on standard output, written in blocks as the API does. */
export function logAccess(access: {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
}): void {
  if (block === '') setTimeout(pass, longestDelayMs).unref();
  block += `${JSON.stringify({ level: 30, time: Date.now(), ...access, msg: 'request' })}\n`;
  if (block.length >= blockCharacters) pass();
}
