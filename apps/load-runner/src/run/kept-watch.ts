import { isShippedBackend } from '@tideline/config';
import type { KeptFigures } from '@tideline/evidence';
import { messageOf } from '@tideline/process';
import type { CookieJar } from '../load/connection/cookie-jar.ts';
import { sentRequest } from '../load/connection/sent-request.ts';
import { failureOfStatus, type OpenConnection } from '../load/connection/user-connection.ts';
import { type Answered, askTarget } from './ask-target.ts';
import { type KeptAct, type KeptRequest, KeptSession } from './kept-session.ts';
import type { RunSettings } from './run-settings.ts';

/** Sessions that are asked at once, when the load is over. */
const atOnce = 10;

interface Client {
  readonly session: KeptSession;
  readonly jar: CookieJar | undefined;
}

/** Routes of the shipped backend that hold something of a session. */
const routes: readonly (readonly [method: string, path: RegExp, act: KeptAct])[] = [
  ['GET', /^\/session$/, 'view'],
  ['POST', /^\/tasks$/, 'add-task'],
  ['GET', /^\/tasks$/, 'list-tasks'],
  ['POST', /^\/files\?/, 'upload'],
  ['GET', /^\/files\/[^/?]+$/, 'download'],
];

const actOf = (method: string, path: string): KeptAct | undefined =>
  routes.find(([wanted, pattern]) => wanted === method && pattern.test(path))?.[2];

/** Null where the load has no sessions of its own, or asks for nothing that they hold. */
export function watchKept({ target, profile, environment }: RunSettings): KeptWatch | null {
  if (environment === null || profile.cookies !== 'per-user') return null;
  if (environment.sessions.store === 'none' || !isShippedBackend(environment)) return null;
  const asks = profile.endpoints.some(({ method, path }) => actOf(method, path) !== undefined);
  return asks ? new KeptWatch(target) : null;
}

/** Compares what each client of a load gets out of its session with what it put there. */
export class KeptWatch {
  readonly #target: URL;
  readonly #clients: Client[] = [];

  constructor(target: URL) {
    this.#target = target;
  }

  /** The same connections, watched: each is a client’s. @param jars gets a jar of each connection that is opened */
  watching(open: OpenConnection, jars: readonly CookieJar[]): OpenConnection {
    return (listener) => {
      const session = new KeptSession();
      let asked: { readonly request: KeptRequest; readonly keepAnswer: boolean } | undefined;
      const connection = open({
        onAnswer: (statusCode, durationMs, answer) => {
          if (asked !== undefined) settle(session, asked.request, [statusCode, answer.kept?.body]);
          const kept = asked?.keepAnswer === false ? null : answer.kept;
          asked = undefined;
          listener.onAnswer(statusCode, durationMs, { ...answer, kept });
        },
        onFailure: (kind) => {
          if (asked !== undefined) session.unanswered(asked.request);
          asked = undefined;
          listener.onFailure(kind);
        },
      });
      this.#clients.push({ session, jar: jars.at(-1) });
      return {
        send: (bytes, keepAnswer) => {
          const request = this.#keptRequest(bytes);
          asked = request && { request, keepAnswer };
          connection.send(bytes, keepAnswer || request !== undefined);
        },
        close: () => {
          if (asked !== undefined) session.unanswered(asked.request);
          asked = undefined;
          connection.close();
        },
      };
    };
  }

  /** Asks every session once more for all that it holds, as when instances that served it are gone, and adds everything up. */
  async figures(): Promise<KeptFigures> {
    const used = this.#clients.filter(({ session }) => session.isUsed);
    try {
      for (let first = 0; first < used.length; first += atOnce)
        await Promise.all(used.slice(first, first + atOnce).map((client) => this.#askAgain(client)));
    } catch (error) {
      return { unreadable: messageOf(error) };
    }
    const sum = (of: (session: KeptSession) => number) =>
      used.reduce((total, { session }) => total + of(session), 0);
    const problems = used.flatMap(({ session }, index) =>
      session.problems.map((problem) => `session ${index + 1}: ${problem}`),
    );
    return {
      sessions: used.length,
      views: sum(({ counts }) => counts.views),
      lists: sum(({ counts }) => counts.lists),
      files: sum(({ counts }) => counts.files),
      wrong: problems.length,
      ...(problems[0] === undefined ? {} : { firstWrong: problems[0] }),
    };
  }

  async #askAgain({ session, jar }: Client): Promise<void> {
    for (const path of ['/session', '/tasks', ...session.files]) {
      const request = { act: actOf('GET', path) ?? 'view', path, body: '' };
      const answer = await this.#ask(path, jar?.header);
      const { status, location } = answer;
      const text = location === null ? answer.text : await contentAt(location);
      if (status < 400) session.answered(request, text);
      else if (request.act === 'download') session.refused(request, status);
      else throw new Error(`${path} answered ${status} when the load was over`);
    }
  }

  #ask(path: string, cookie: string | undefined): Promise<Answered> {
    const headers = { accept: '*/*', ...(cookie === undefined ? {} : { cookie }) };
    return askTarget(
      this.#target,
      sentRequest(this.#target, { method: 'GET', path, headers, body: null }, false),
    );
  }

  #keptRequest(bytes: Buffer): KeptRequest | undefined {
    const [method = '', whole = ''] = bytes.toString('latin1', 0, bytes.indexOf('\r\n')).split(' ');
    const base = this.#target.pathname.replace(/\/$/, '');
    const path = whole.startsWith(base) ? whole.slice(base.length) : whole;
    const act = actOf(method, path);
    if (act === undefined) return undefined;
    return { act, path, body: bytes.toString('utf8', bytes.indexOf('\r\n\r\n') + 4) };
  }
}

/** A redirect to a file’s bytes says nothing of them: they are compared when the load is over. */
function settle(
  session: KeptSession,
  request: KeptRequest,
  [status, body]: readonly [number, Buffer | undefined],
): void {
  if (failureOfStatus(status) === null && status < 300 && body !== undefined)
    session.answered(request, body.toString('utf8'));
  else if (status === 404) session.refused(request, status);
  else if (status >= 400) session.unanswered(request);
}

/** What a redirect leads to, at the file store itself. */
async function contentAt(location: string): Promise<string> {
  const response = await fetch(location, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`the file store answered ${response.status}`);
  return response.text();
}
