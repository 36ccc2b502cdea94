import type { EntryAnswer } from './entry.ts';
import type { RequestHead } from './http/request-head.ts';

/** What an answer of something in front of the balancer consists of. */
export interface AnswerParts {
  /** Status and reason, such as `403 Forbidden`. */
  readonly statusLine: string;
  /** Field lines, each with its line end. */
  readonly fields: string;
  /** @default none */
  readonly body?: string;
  /** False when the client still sends its request. @default true where the request has no body */
  readonly canKeepAlive?: boolean;
}

/** The rest of an unread body would be taken for the next request. */
const hasNoBody = ({ body }: RequestHead): boolean => body === 0;

export function entryAnswer(
  request: RequestHead,
  { statusLine, fields, body = '', canKeepAlive = hasNoBody(request) }: AnswerParts,
): EntryAnswer {
  const keepAlive = request.keepAlive && canKeepAlive;
  const head = `HTTP/1.1 ${statusLine}\r\nDate: ${new Date().toUTCString()}\r\n${fields}`;
  return {
    keepAlive,
    response: `${head}Connection: ${keepAlive ? 'keep-alive' : 'close'}\r\n\r\n${request.method === 'HEAD' ? '' : body}`,
  };
}

/** An answer with a body of one type. */
export const bodyAnswer = (
  request: RequestHead,
  statusLine: string,
  { type, body }: { readonly type: string; readonly body: string },
): EntryAnswer =>
  entryAnswer(request, {
    statusLine,
    fields: `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`,
    body,
  });
