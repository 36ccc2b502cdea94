import type { StoresObservation } from '@tideline/evidence';

/** The store cannot be started, or cannot do what it was asked to. */
export class SessionStoreError extends Error {
  override readonly name = 'SessionStoreError';
}

/** What keeps sessions outside the tasks and instances. */
export interface SessionStore {
  /** Environment variables that tell a task or instance where it is. */
  readonly variables: Readonly<Record<string, string>>;
  /** What a run record says of it. */
  describe(): StoresObservation['sessions'];
  /** Takes it away, as a failure of its host would. @throws SessionStoreError where there is no server to stop */
  stop(): Promise<void>;
  /** Brings it back, with what it kept. @throws SessionStoreError where there is no server to start */
  start(): Promise<void>;
  close(): Promise<void>;
  /** Ends it at once, when nothing can be awaited any more. */
  kill(): void;
}

/** Sessions in a database file of its own, which every task or instance opens by itself: there is no server. */
export function embeddedStore(folder: string, description: string): SessionStore {
  return {
    variables: { SESSION_STORE: 'embedded', SESSION_FOLDER: folder },
    describe: () => ({ kind: 'embedded', description, running: true }),
    ...withoutServer('the embedded session store is a file: there is no server to stop or start'),
  };
}

/** No sessions at all. */
export const noSessionStore: SessionStore = {
  variables: { SESSION_STORE: 'none' },
  describe: () => ({ kind: 'none', description: 'none', running: false }),
  ...withoutServer('this environment has no session store; set sessions.store to redis'),
};

function withoutServer(why: string): Pick<SessionStore, 'stop' | 'start' | 'close' | 'kill'> {
  const refuse = (): Promise<void> => Promise.reject(new SessionStoreError(why));
  return { stop: refuse, start: refuse, close: () => Promise.resolve(), kill: () => undefined };
}
