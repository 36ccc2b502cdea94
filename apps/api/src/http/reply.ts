import type { ProblemBody } from './problem.ts';

/** What a handler answers, as a value: one place turns it into a response, with the headers that every response has. */
export type Reply = ContentReply | ProblemReply;

export interface ContentReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ProblemReply {
  readonly problem: ProblemBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A JSON answer, 200 unless said otherwise. */
export const json = (value: unknown, status = 200): ContentReply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
});
