/** What `GET /session` says. */
interface SessionView {
  readonly views: number;
  readonly servedBy: { readonly taskId: string };
  readonly taskCount: number;
  readonly fileCount: number;
  readonly store: string;
}

/** A browser’s part: keeps the session’s cookie and sends it back. */
export class SessionClient {
  readonly #url: string;
  #cookie: string | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  async ask(method: string, path: string, body?: { readonly type: string; readonly text: string }) {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        ...(this.#cookie !== undefined && { cookie: this.#cookie }),
        ...(body !== undefined && { 'content-type': body.type }),
      },
      ...(body !== undefined && { body: body.text }),
    });
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? this.#cookie;
    return response;
  }

  async view(): Promise<SessionView> {
    return this.#json<SessionView>(await this.ask('GET', '/session'));
  }

  async addTask(title: string): Promise<void> {
    const body = { type: 'application/json', text: JSON.stringify({ title }) };
    await this.#json(await this.ask('POST', '/tasks', body));
  }

  async taskTitles(): Promise<readonly string[]> {
    const { tasks } = await this.#json<{ tasks: { title: string }[] }>(await this.ask('GET', '/tasks'));
    return tasks.map(({ title }) => title);
  }

  /** @returns the path of the file */
  async upload(name: string, text: string): Promise<string> {
    const response = await this.ask('POST', `/files?name=${name}`, { type: 'text/plain', text });
    const { id } = await this.#json<{ id: string }>(response);
    return `/files/${id}`;
  }

  async download(path: string): Promise<string> {
    return (await this.ask('GET', path)).text();
  }

  async #json<Body>(response: Response): Promise<Body> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${text}`);
    return JSON.parse(text) as Body;
  }
}
