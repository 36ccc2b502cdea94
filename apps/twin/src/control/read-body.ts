import type { Context } from 'hono';
import { z } from 'zod';
import { ControlProblem } from './control-problem.ts';

/** The request’s body, checked. @throws ControlProblem 400 */
export async function body<Output>(context: Context, schema: z.ZodType<Output>): Promise<Output> {
  const json: unknown = await context.req.json().catch(() => {
    throw new ControlProblem(400, 'the body is not JSON');
  });
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new ControlProblem(400, z.prettifyError(parsed.error));
  return parsed.data;
}
