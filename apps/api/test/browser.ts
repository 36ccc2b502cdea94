import type { Hono } from 'hono';
import { cookieName } from '../src/session/session-cookie.ts';
import type { ApiEnv } from '../src/http/route.ts';

export interface SentRequest {
  readonly method?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a browser does about sessions: keeps the cookie that it is given and sends it back. */
export class Browser {
  cookie: string | undefined;
  readonly #send: (path: string, init: SentRequest) => Response | Promise<Response>;

  constructor(send: (path: string, init: SentRequest) => Response | Promise<Response>) {
    this.#send = send;
  }

  static of(app: Hono<ApiEnv>): Browser {
    return new Browser((path, init) => app.request(path, init));
  }

  async request(path: string, init: SentRequest = {}): Promise<Response> {
    const cookie = this.cookie === undefined ? {} : { cookie: this.cookie };
    const response = await this.#send(path, { ...init, headers: { ...cookie, ...init.headers } });
    const [set] = response.headers.getSetCookie();
    const value = set?.split(';', 1)[0];
    if (value !== undefined) this.cookie = value === `${cookieName}=` ? undefined : value;
    return response;
  }

  async json(path: string): Promise<unknown> {
    return (await this.request(path)).json();
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    return this.request(path, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  }

  upload(name: string, content: string | Uint8Array<ArrayBuffer>, type = 'text/plain'): Promise<Response> {
    return this.request(`/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: content,
      headers: { 'content-type': type },
    });
  }
}
