import { releaseHookVariable } from '@tideline/config/release-hook';
import * as z from 'zod';

const schema = z.object({
  /** The test listener. */
  listener: z.object({ host: z.string().min(1), port: z.int() }),
  /** Description of the network interfaces of a public balancer, whose name leads to its public addresses; null for an internal one. */
  interfaces: z.string().min(1).nullable(),
  traffic: z.object({
    paths: z.array(z.string().min(1)).min(1),
    requests: z.int().positive(),
    statuses: z.object({ lowest: z.int(), highest: z.int() }),
    responseWithinMs: z.int().positive(),
  }),
});

/** What the stack tells the function: where to ask, what, and which answers pass. */
export type HookSettings = z.output<typeof schema>;

/** @throws Error for a variable that is missing, is no JSON or lacks a field */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): HookSettings {
  const text = variables[releaseHookVariable];
  if (text === undefined)
    throw new Error(`${releaseHookVariable} is not set: deploy the stack service, which sets it`);
  return schema.parse(JSON.parse(text));
}
