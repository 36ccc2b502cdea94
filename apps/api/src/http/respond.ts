import type { TaskState } from '../process/drain.ts';
import { responseHeaders, type ContentReply } from './reply.ts';
import { bindingsOf, type ApiContext } from './route.ts';

/** An answer that is ready, without the fields that every one has. */
export interface ReadyAnswer {
  readonly status: number;
  /** Of no account where there is no body. */
  readonly contentType: string;
  readonly requestId: string;
  readonly body: ContentReply['body'];
  /** Beside the fields that every answer has, or in place of them. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** Stands for an answer that is on its way already: Hono wants one. */
const answered = new Response();

/** Hands answers to the server’s queue, or to Hono where there is none. */
export function createRespond(taskState: TaskState) {
  return (context: ApiContext, answer: ReadyAnswer): Response => {
    const { status, contentType, requestId, body, headers: own } = answer;
    const { answers, outgoing } = bindingsOf(context) ?? {};
    const isPlain = status === 200 && own === undefined && !taskState.draining;
    if (isPlain && typeof body === 'string' && answers !== undefined && outgoing !== undefined) {
      const fields = [
        'content-type',
        contentType,
        'content-length',
        lengthOf(body),
        'x-request-id',
        requestId,
      ];
      answers.add({ outgoing, fields, body });
      return answered;
    }
    const headers = responseHeaders(contentType, requestId);
    if (own !== undefined) Object.assign(headers, own);
    if (body === null) delete headers['content-type'];
    if (taskState.draining) headers.connection = 'close';
    if (answers === undefined || outgoing === undefined) return new Response(body, { status, headers });
    // With an answer to HEAD too, whose content Node leaves out.
    if (typeof body === 'string') headers['content-length'] = lengthOf(body);
    answers.add({ outgoing, status, headers, body });
    return answered;
  };
}

const lengthOf = (body: string): string => String(Buffer.byteLength(body));
