import * as z from 'zod';
import { problem, type ProblemCode } from '../http/problem.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import type { Route } from '../http/route.ts';
import type { SessionCookie } from '../session/session-cookie.ts';
import type { SessionDocument, Task } from '../session/session-document.ts';
import { defineSessionRoute, type SessionReply } from '../session/session-route.ts';
import type { SessionChange, Sessions } from '../session/sessions.ts';

const mostTasks = 100;
const longestTitle = 200;

const title = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(longestTitle, `must have at most ${longestTitle} characters`)
  .regex(/^\P{Cc}*$/u, 'must be without control characters');
const taskSchema = z.object({
  id: z.string(),
  title: z.string(),
  completed: z.boolean(),
  createdAt: z.iso.datetime(),
});
/** As `newId` makes them. */
const params = z.object({ id: z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a task') });

export interface TaskRoutesOptions {
  readonly cookie: SessionCookie;
  readonly sessions: Sessions;
  readonly basePath: string;
  readonly newId: () => string;
  readonly now: () => Date;
}

type TaskChange = (session: SessionDocument, task: Task) => SessionChange<Reply>;

/** A list of tasks for each session. */
export function taskRoutes({ cookie, sessions, basePath, newId, now }: TaskRoutesOptions): readonly Route[] {
  const changeTask = async (
    sessionId: string | undefined,
    id: string,
    change: TaskChange,
  ): Promise<SessionReply> => {
    const unknown = problem('not-found', 'The session has no task of this id.');
    if (sessionId === undefined) return { reply: unknown, session: undefined };
    const changed = await sessions.change(sessionId, (session): SessionChange<Reply> => {
      const task = session.tasks.find((candidate) => candidate.id === id);
      return task === undefined ? { result: unknown } : change(session, task);
    });
    return changed === undefined
      ? { reply: unknown, session: undefined }
      : { reply: changed.result, session: { id: sessionId } };
  };
  const problems: readonly ProblemCode[] = ['not-found'];

  return [
    defineSessionRoute(cookie, {
      method: 'POST',
      path: '/tasks',
      operationId: 'createTask',
      summary: 'Adds a task to the session’s list.',
      body: z.strictObject({ title }),
      responses: [{ status: 201, description: 'The task; `location` is its path.', schema: taskSchema }],
      problems: ['limit-reached', 'unsupported-media-type'],
      handle: async ({ body, sessionId }) => {
        const task: Task = {
          id: newId(),
          title: body.title,
          completed: false,
          createdAt: now().toISOString(),
        };
        const created: Reply = {
          ...json(task, 201),
          headers: { location: `${basePath}/tasks/${task.id}` },
        };
        const { id, result } = await sessions.changeOrStart(sessionId, (session): SessionChange<Reply> =>
          session.tasks.length >= mostTasks
            ? { result: problem('limit-reached', `A session holds ${mostTasks} tasks; delete one.`) }
            : { session: { ...session, tasks: [...session.tasks, task] }, result: created },
        );
        return { reply: result, session: { id } };
      },
    }),
    defineSessionRoute(cookie, {
      method: 'GET',
      path: '/tasks',
      operationId: 'listTasks',
      summary: 'The session’s tasks, oldest first.',
      responses: [
        { status: 200, description: 'The list.', schema: z.object({ tasks: z.array(taskSchema) }) },
      ],
      problems: [],
      handle: async ({ sessionId }) => {
        const session = sessionId === undefined ? undefined : await sessions.read(sessionId);
        const reply = json({ tasks: session?.tasks ?? [] });
        if (sessionId === undefined || session === undefined) return { reply, session: undefined };
        return { reply, session: { id: sessionId } };
      },
    }),
    defineSessionRoute(cookie, {
      method: 'PATCH',
      path: '/tasks/:id',
      operationId: 'changeTask',
      summary: 'Completes, reopens or renames a task.',
      params,
      body: z
        .strictObject({ title: title.optional(), completed: z.boolean().optional() })
        .refine((body) => body.title !== undefined || body.completed !== undefined, {
          error: 'must have a title, or completed, or both',
        }),
      responses: [{ status: 200, description: 'The task as it is now.', schema: taskSchema }],
      problems: [...problems, 'unsupported-media-type'],
      handle: ({ params: { id }, body, sessionId }) =>
        changeTask(sessionId, id, (session, task) => {
          const changed: Task = {
            ...task,
            title: body.title ?? task.title,
            completed: body.completed ?? task.completed,
          };
          const tasks = session.tasks.map((other) => (other === task ? changed : other));
          return { session: { ...session, tasks }, result: json(changed) };
        }),
    }),
    defineSessionRoute(cookie, {
      method: 'DELETE',
      path: '/tasks/:id',
      operationId: 'deleteTask',
      summary: 'Deletes a task.',
      params,
      responses: [{ status: 204, description: 'Deleted.', contentType: 'none' }],
      problems,
      handle: ({ params: { id }, sessionId }) =>
        changeTask(sessionId, id, (session, task) => ({
          session: { ...session, tasks: session.tasks.filter((other) => other !== task) },
          result: empty(204),
        })),
    }),
  ];
}
