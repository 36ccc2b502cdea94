import { type Observation, observationSchema } from '@tideline/evidence';
import { messageOf } from '@tideline/process';
import { ProcessError } from './process-error.ts';

const longestWaitMs = 10_000;

/** The control API of a twin: what it shows, and its clock. */
export class TwinControl {
  readonly #url: string;

  /** @param url as the twin prints it, without a slash at its end */
  constructor(url: string) {
    this.#url = url;
  }

  /** Everything to be seen now. @throws ProcessError where the twin does not answer */
  async observe(): Promise<Observation> {
    const parsed = observationSchema.safeParse(await this.#ask('GET', '/observation'));
    if (parsed.success) return parsed.data;
    throw new ProcessError(`${this.#url}/observation is no observation of a twin: ${parsed.error.message}`);
  }

  /** @param speed cloud seconds per wall second, above 0, up to 240 */
  async setSpeed(speed: number): Promise<void> {
    await this.#ask('PUT', '/clock', { speed });
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    try {
      const response = await fetch(this.#url + path, {
        method,
        signal: AbortSignal.timeout(longestWaitMs),
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!response.ok) throw new Error(`status ${response.status}: ${await response.text()}`);
      return await response.json();
    } catch (error) {
      throw new ProcessError(`${method} ${this.#url}${path}: the twin did not answer (${messageOf(error)})`, {
        cause: error,
      });
    }
  }
}
