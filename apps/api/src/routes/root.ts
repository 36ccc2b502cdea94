import * as z from 'zod';
import type { CpuPool } from '../cpu/cpu-pool.ts';
import { startCpuWork } from '../http/cpu-work.ts';
import { json } from '../http/reply.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { TaskIdentity } from '../task-identity.ts';

const schema = z.object({
  message: z.string(),
  version: z.string().describe('Release of the application.'),
});

/** @param cpu threads that spend the configured CPU time per request; undefined when that is none. */
export function rootRoute({ version }: TaskIdentity, cpu: CpuPool | undefined): Route {
  const greeting = json({ message: 'Hello from Tideline', version } satisfies z.input<typeof schema>);
  return defineRoute({
    method: 'GET',
    path: '/',
    operationId: 'getRoot',
    summary: 'A greeting, after the configured CPU work.',
    responses: [{ status: 200, description: 'The greeting.', schema }],
    problems: ['overloaded'],
    handle: () => {
      const work = startCpuWork(cpu);
      if (work === undefined) return greeting;
      return work instanceof Promise ? work.then(() => greeting) : work;
    },
  });
}
