import * as z from 'zod';
import type { FileStore } from '../files/file-store.ts';
import { empty, json } from '../http/reply.ts';
import type { Route } from '../http/route.ts';
import type { SessionCookie } from '../session/session-cookie.ts';
import type { Instance } from '../session/session-document.ts';
import { defineSessionRoute } from '../session/session-route.ts';
import type { Sessions } from '../session/sessions.ts';
import type { TaskIdentity } from '../task-identity.ts';

const instanceSchema = z.object({
  taskId: z.string().describe('Task or instance.'),
  availabilityZone: z.string(),
});
const sessionSchema = z.object({
  views: z.int().describe('How often the session was looked at, this time included.'),
  startedAt: z.iso.datetime(),
  servedBy: instanceSchema.describe('Who answers now.'),
  previouslyServedBy: instanceSchema.nullable().describe('Who counted the view before; null for the first.'),
  taskCount: z.int(),
  fileCount: z.int(),
  store: z.enum(['redis', 'embedded']).describe('Where the session lives.'),
});

export interface SessionRoutesOptions {
  readonly cookie: SessionCookie;
  readonly sessions: Sessions;
  readonly identity: Pick<TaskIdentity, 'taskId' | 'availabilityZone'>;
  /** Undefined where there are no files. */
  readonly files: FileStore | undefined;
}

/** Shows that a session is the same whichever instance answers, and ends it. */
export function sessionRoutes({ cookie, sessions, identity, files }: SessionRoutesOptions): readonly Route[] {
  const { taskId, availabilityZone } = identity;
  const servedBy: Instance = { taskId, availabilityZone };
  return [
    defineSessionRoute(cookie, {
      method: 'GET',
      path: '/session',
      operationId: 'viewSession',
      summary:
        'Counts a view of the session, and says which instance counted it; starts a session where there is none.',
      responses: [{ status: 200, description: 'The session.', schema: sessionSchema }],
      problems: [],
      handle: async ({ sessionId }) => {
        const { id, result } = await sessions.changeOrStart(sessionId, (session) => ({
          session: { ...session, views: session.views + 1, servedBy },
          result: session,
        }));
        const shown: z.input<typeof sessionSchema> = {
          views: result.views + 1,
          startedAt: result.startedAt,
          servedBy,
          previouslyServedBy: result.servedBy,
          taskCount: result.tasks.length,
          fileCount: result.files.length,
          store: sessions.storeKind,
        };
        return { reply: json(shown), session: { id } };
      },
    }),
    defineSessionRoute(cookie, {
      method: 'DELETE',
      path: '/session',
      operationId: 'endSession',
      summary: 'Ends the session, with its tasks and files.',
      responses: [{ status: 204, description: 'Ended.', contentType: 'none' }],
      problems: [],
      handle: async ({ sessionId }) => {
        const ended = sessionId === undefined ? undefined : await sessions.end(sessionId);
        // The session is over either way: what the file store fails to delete, nobody can ask for any more.
        await files?.delete((ended?.files ?? []).map((file) => file.id)).catch(() => undefined);
        return { reply: empty(204), session: 'ended' };
      },
    }),
  ];
}
