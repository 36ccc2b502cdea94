import type { Buffer } from 'node:buffer';

/** What a connection tells its user. Never called from within `send`. */
export interface ConnectionListener {
  /** An answer came, whole; `durationMs` from the write (and the connect, where there was one) to its last byte. */
  onAnswer(statusCode: number, durationMs: number): void;
  /** No answer came: `timeout`, `connection-refused`, `connection-reset`, `connection-closed`, `bad-answer`, `other-…`. */
  onFailure(kind: string): void;
}

/** One user’s connection: opened by the first request, and again after it was lost. One request at a time. */
export interface UserConnection {
  /** Sends one request; exactly one call of the listener follows, unless the connection is closed before. */
  send(request: Buffer): void;
  /** Ends the connection for good, at once. */
  close(): void;
}

export type OpenConnection = (listener: ConnectionListener) => UserConnection;
