import type { Buffer } from 'node:buffer';
import type { LoadProfile } from '@tideline/config';
import { failureOfStatus, type OpenConnection } from '../load/connection/user-connection.ts';
import { requestBytes } from '../load/connection/request-bytes.ts';

type Endpoint = LoadProfile['endpoints'][number];

/**
 * Counts, buyer by buyer, how often each asked for one unit and had an answer. Whether the answer was yes is not looked at:
 * with units left and room in the cart it has to be, and a refusal looks like any redirect.
 */
export class Demand {
  readonly #buys: readonly Buffer[];
  readonly #givesBack: boolean;
  readonly #buyers: { answered: number }[] = [];

  constructor(target: URL, { endpoints, keepAlive }: Pick<LoadProfile, 'endpoints' | 'keepAlive'>) {
    this.#buys = endpoints.filter(asksForOne).map((endpoint) => requestBytes(target, endpoint, keepAlive));
    this.#givesBack = endpoints.some(({ path }) => pathOf(path) === '/cart/quantity');
  }

  /** The same connections, counted: each is a buyer’s. */
  counting(open: OpenConnection): OpenConnection {
    return (listener) => {
      const buyer = { answered: 0 };
      this.#buyers.push(buyer);
      let asks = false;
      const connection = open({
        onAnswer: (statusCode, durationMs, answer) => {
          if (asks && failureOfStatus(statusCode) === null) buyer.answered += 1;
          listener.onAnswer(statusCode, durationMs, answer);
        },
        onFailure: (kind) => listener.onFailure(kind),
      });
      return {
        send: (request, keepAnswer) => {
          asks = this.#buys.some((buy) => buy.equals(request));
          connection.send(request, keepAnswer);
        },
        close: () => connection.close(),
      };
    };
  }

  /** Units asked for, of each buyer no more than a cart holds; undefined where buyers give units back as well. */
  units(maximumPerCart: number): number | undefined {
    if (this.#givesBack) return undefined;
    return this.#buyers.reduce((sum, { answered }) => sum + Math.min(answered, maximumPerCart), 0);
  }
}

/** One unit, and not the form of the last time again, of which only the first counts. */
function asksForOne({ method, path, body }: Endpoint): boolean {
  if (method !== 'POST' || pathOf(path) !== '/cart') return false;
  const form = new URLSearchParams(body ?? '');
  return form.get('quantity') === '1' && !form.has('token');
}

const pathOf = (path: string): string => path.split('?', 1)[0] ?? path;
