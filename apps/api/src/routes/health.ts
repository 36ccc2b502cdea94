import * as z from 'zod';
import { problem } from '../http/problem.ts';
import { json } from '../http/reply.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { TaskState } from '../process/drain.ts';

const schema = z.object({ status: z.literal('ok') });
const ok = json({ status: 'ok' } satisfies z.input<typeof schema>);

/** Liveness: answers as long as the event loop turns, whatever the CPU threads do, and during a drain too. */
export const healthRoute = (): Route =>
  defineRoute({
    method: 'GET',
    path: '/health',
    operationId: 'getHealth',
    summary: 'Whether the process is alive.',
    responses: [{ status: 200, description: 'It is.', schema }],
    problems: [],
    handle: () => ok,
  });

/** Readiness: whether new requests should be sent here. */
export const readyRoute = (taskState: TaskState): Route =>
  defineRoute({
    method: 'GET',
    path: '/ready',
    operationId: 'getReady',
    summary: 'Whether the task takes new requests; not while it drains.',
    responses: [{ status: 200, description: 'It does.', schema }],
    problems: ['draining'],
    handle: () =>
      taskState.draining ? problem('draining', 'The task finishes its requests and stops.') : ok,
  });
