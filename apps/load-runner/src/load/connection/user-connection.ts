import type { Buffer } from 'node:buffer';

/** An answer that was asked to be kept. */
export interface KeptAnswer {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** Its first megabyte. */
  readonly body: Buffer;
}

/** What a connection reports to its user. Never called from within `send`. */
export interface ConnectionListener {
  /**
   * A final answer came, whole; `durationMs` from the write (and the connect, where there was one) to its last byte.
   */
  onAnswer(statusCode: number, durationMs: number, answer: AnswerParts): void;
  /** No answer came: `timeout`, `connection-refused`, `connection-reset`, `connection-closed`, `bad-answer`, `other-…`. */
  onFailure(kind: string): void;
}

interface AnswerParts {
  readonly bodyBytes: number;
  /** Null unless `send` was asked to keep the answer. */
  readonly kept: KeptAnswer | null;
}

/** One user’s connection: opened by the first request, and again after it was lost. One request at a time. */
export interface UserConnection {
  /** Sends one request, and keeps its answer where that is asked for; exactly one call of the listener follows, unless the connection is closed before. */
  send(request: Buffer, keepAnswer: boolean): void;
  /** Ends the connection for good, at once. */
  close(): void;
}

export type OpenConnection = (listener: ConnectionListener) => UserConnection;

const kindByErrorCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  ETIMEDOUT: 'timeout',
};

/** The kind of failure that a status code is, such as `http-502`; null for an answer (2xx and 3xx). */
export const failureOfStatus = (statusCode: number): string | null =>
  statusCode >= 200 && statusCode < 400 ? null : `http-${statusCode}`;

/** The kind of failure behind a socket’s error: `connection-refused`, `connection-reset`, `timeout`, or `other-<code>`. */
export function failureOfError(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  return kindByErrorCode[code] ?? `other-${code.toLowerCase()}`;
}
