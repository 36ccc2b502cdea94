import { type Observation, observationSchema } from '@tideline/evidence';
import * as z from 'zod';
import { ObserverError, type ScalingObserver } from './scaling-observer.ts';

/** Sends a request and gives the answer’s status and text. `fetch` behind it; tests give their own. */
export type Exchange = (
  url: URL,
  request: { readonly method: 'GET' | 'PUT'; readonly body?: string },
) => Promise<{ readonly ok: boolean; readonly status: number; readonly text: string }>;

/** Observes a twin through its control API: `GET /observation`, `PUT /clock`. */
export class TwinObserver implements ScalingObserver {
  readonly kind = 'twin';
  readonly periodMs = 250;
  readonly #control: URL;
  readonly #exchange: Exchange;

  /** @param control base URL of the control API, such as `http://127.0.0.1:4000`. */
  constructor(control: URL, exchange: Exchange = boundedFetch) {
    this.#control = new URL(control);
    if (!this.#control.pathname.endsWith('/')) this.#control.pathname += '/';
    this.#exchange = exchange;
  }

  async observe(): Promise<Observation> {
    const text = await this.#ask('observation', { method: 'GET' });
    const parsed = observationSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new ObserverError(
      `${this.#control.href}observation did not answer with an observation: ${z.prettifyError(parsed.error)}; give the URL of a twin’s control API`,
      { cause: parsed.error },
    );
  }

  async setSpeed(speed: number): Promise<void> {
    await this.#ask('clock', { method: 'PUT', body: JSON.stringify({ speed }) });
  }

  async #ask(path: string, request: Parameters<Exchange>[1]): Promise<string> {
    const url = new URL(path, this.#control);
    const { ok, status, text } = await this.#exchange(url, request).catch((error: unknown) => {
      throw new ObserverError(`${request.method} ${url.href} got no answer: ${fetchFailure(error)}`, {
        cause: error,
      });
    });
    if (ok) return text;
    throw new ObserverError(
      `${request.method} ${url.href} answered ${status}: ${text.slice(0, 200)}; give the URL of a twin’s control API`,
    );
  }
}

const longestWaitMs = 5000;

const boundedFetch: Exchange = async (url, { method, body }) => {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(longestWaitMs),
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
  return { ok: response.ok, status: response.status, text: await response.text() };
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a `fetch` failed: its own error only says that it did, and has the reason as its cause. */
function fetchFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
