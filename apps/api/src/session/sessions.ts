import type { Document, DocumentStore, Write } from '../documents/document-store.ts';
import { sessionDocument, type SessionDocument } from './session-document.ts';

export interface SessionsOptions {
  readonly store: DocumentStore;
  readonly idleSeconds: number;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What a change makes of a session: the new state, or undefined to leave it as it is, and the answer. */
export interface SessionChange<Result> {
  readonly session?: SessionDocument;
  /** What becomes of the documents besides the session, by key. */
  readonly writes?: Readonly<Record<string, Write>>;
  readonly result: Result;
}

/** `besides` are the documents of the keys that the caller named, in their order. */
type ChangeSession<Result> = (
  session: SessionDocument,
  besides: readonly (Document | undefined)[],
) => SessionChange<Result>;

/** The sessions of all tasks of the service. Each use renews a session’s time. */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  get storeKind(): DocumentStore['kind'] {
    return this.#options.store.kind;
  }

  /** @returns undefined where there is no such session, or it is over */
  async read(id: string): Promise<SessionDocument | undefined> {
    return sessionOf(await this.#options.store.touch(keyOf(id), this.#lifeMs));
  }

  /**
   * Changes a session, and the documents that `besides` names, in one atomic step.
   * @returns undefined where there is none; `change` may be called more than once
   */
  async change<Result>(
    id: string,
    change: ChangeSession<Result>,
    besides: readonly string[] = [],
  ): Promise<{ readonly result: Result } | undefined> {
    const key = keyOf(id);
    return this.#options.store.transact([key, ...besides], ([document, ...others]) => {
      const session = sessionOf(document);
      if (session === undefined) return { writes: {}, result: undefined };
      const { session: changed = session, writes, result } = change(session, others);
      return {
        writes: { ...writes, [key]: { document: changed, lifeMs: this.#lifeMs } },
        result: { result },
      };
    });
  }

  /** Changes the session, or a new one where there is none: a session that is over never comes back under its id. */
  async changeOrStart<Result>(
    id: string | undefined,
    change: ChangeSession<Result>,
    besides: readonly string[] = [],
  ): Promise<{ readonly id: string; readonly result: Result }> {
    const changed = id === undefined ? undefined : await this.change(id, change, besides);
    if (id !== undefined && changed !== undefined) return { id, result: changed.result };
    const newId = this.#options.newId();
    const key = keyOf(newId);
    const result = await this.#options.store.transact([key, ...besides], ([, ...others]) => {
      const started = sessionDocument.parse({ startedAt: this.#options.now().toISOString() });
      const { session = started, writes, result: answer } = change(started, others);
      return { writes: { ...writes, [key]: { document: session, lifeMs: this.#lifeMs } }, result: answer };
    });
    return { id: newId, result };
  }

  /** Ends a session. @returns what it held, or undefined where there was none */
  async end(id: string): Promise<SessionDocument | undefined> {
    const key = keyOf(id);
    return this.#options.store.transact([key], ([document]) => ({
      writes: { [key]: null },
      result: sessionOf(document),
    }));
  }

  get #lifeMs(): number {
    return this.#options.idleSeconds * 1000;
  }
}

const keyOf = (id: string): string => `session:${id}`;

function sessionOf(document: Document | undefined): SessionDocument | undefined {
  const parsed = document === undefined ? undefined : sessionDocument.safeParse(document);
  return parsed?.data;
}
