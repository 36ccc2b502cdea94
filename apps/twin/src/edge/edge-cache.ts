import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../clock/clock.ts';

/** An answer that is kept. */
export interface KeptAnswer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Bounds of CloudFront’s policy CachingOptimized, seconds: the second is for answers that say nothing. */
const ttl = { least: 1, byDefault: 86_400, most: 31_536_000 } as const;

/**
 * How long CloudFront keeps an answer under CachingOptimized, seconds (CloudFront guide, how long content stays in the cache):
 * s-maxage before max-age, within the policy’s bounds, so that no-store is kept for a second.
 */
export function keptSeconds(cacheControl: string | undefined): number {
  const directives = (cacheControl ?? '').toLowerCase();
  if (/(^|[\s,])(no-store|no-cache|private)($|[\s,=])/.test(directives)) return ttl.least;
  const seconds =
    /(?:^|[\s,])s-maxage=(\d+)/.exec(directives)?.[1] ?? /(?:^|[\s,])max-age=(\d+)/.exec(directives)?.[1];
  if (seconds === undefined) return ttl.byDefault;
  return Math.min(Math.max(Number(seconds), ttl.least), ttl.most);
}

/** Answers by their path alone: no query, no cookie. */
export class EdgeCache {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #kept = new Map<
    string,
    { readonly answer: KeptAnswer; readonly from: number; readonly to: number }
  >();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** A fresh answer with its age in cloud seconds. */
  find(path: string): (KeptAnswer & { readonly ageSeconds: number }) | undefined {
    const found = this.#kept.get(path);
    const now = this.#clock.now();
    if (found === undefined) return undefined;
    if (now < found.to) return { ...found.answer, ageSeconds: Math.floor(now - found.from) };
    this.#kept.delete(path);
    return undefined;
  }

  keep(path: string, answer: KeptAnswer): void {
    const from = this.#clock.now();
    const to = from + keptSeconds(answer.headers['cache-control']);
    this.#kept.set(path, { answer, from, to });
  }
}
