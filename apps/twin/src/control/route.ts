import type { Context } from 'hono';
import * as z from 'zod';
import { ControlProblem } from './control-problem.ts';

/** Method, path and meaning of a route. */
export type RouteDescription = readonly [method: string, path: string, meaning: string];

/** What a deployment or an instance refresh rolls out. */
export const rolloutBody = z.strictObject({
  version: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens or underscores'),
  variables: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be upper snake case'), z.string().max(4096))
    .default({}),
});

/** The request’s body, checked. @throws ControlProblem 400 */
export async function body<Output>(context: Context, schema: z.ZodType<Output>): Promise<Output> {
  const json: unknown = await context.req.json().catch(() => {
    throw new ControlProblem(400, 'the body is not JSON');
  });
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new ControlProblem(400, z.prettifyError(parsed.error));
  return parsed.data;
}

/** A request for a task or an instance that does not exist (any more). */
export const unknownId = (
  noun: 'task' | 'instance',
  id: string,
  existing: readonly { readonly id: string }[],
): ControlProblem =>
  new ControlProblem(
    404,
    `unknown ${noun} "${id}"; known now: ${existing.map((each) => each.id).join(', ') || 'none'}`,
  );

/** Does what the present state may forbid: an error of the class `conflict` becomes a ControlProblem 409. */
export async function refusable<Result>(
  conflict: new (message: string) => Error,
  act: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof conflict ? new ControlProblem(409, error.message) : error;
  }
}
