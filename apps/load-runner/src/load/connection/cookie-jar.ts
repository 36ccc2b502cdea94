import { Buffer } from 'node:buffer';

const endOfHead = Buffer.from('\r\n\r\n');

/**
 * The cookies of one user, who talks to one server: each `set-cookie` counts for every request from then on. Paths, domains
 * and times in the future are not looked at; a cookie that is taken away is gone.
 */
export class CookieJar {
  readonly #values = new Map<string, string>();

  /** @param headers names and values in turn, as a parser found them */
  keep(headers: readonly string[]): void {
    for (let index = 0; index + 1 < headers.length; index += 2) {
      if (headers[index]?.toLowerCase() === 'set-cookie') this.#keepOne(headers[index + 1] ?? '');
    }
  }

  /** The value of a `cookie` header; undefined where there are no cookies. */
  get header(): string | undefined {
    if (this.#values.size === 0) return undefined;
    return [...this.#values].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The request with the cookies; the same bytes where there are none. */
  addTo(request: Buffer): Buffer {
    const { header } = this;
    if (header === undefined) return request;
    const end = request.indexOf(endOfHead);
    return Buffer.concat([
      request.subarray(0, end),
      Buffer.from(`\r\ncookie: ${header}`, 'latin1'),
      request.subarray(end),
    ]);
  }

  #keepOne(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
    const split = pair.indexOf('=');
    if (split < 1) return;
    const name = pair.slice(0, split);
    if (attributes.some(isOver)) this.#values.delete(name);
    else this.#values.set(name, pair.slice(split + 1));
  }
}

/** Whether an attribute takes the cookie away: a life of nothing, or an end in the first years of the epoch. */
const isOver = (attribute: string): boolean =>
  /^max-age=(-\d+|0+)$/i.test(attribute) || /^expires=.*\b19[67]\d\b/i.test(attribute);
