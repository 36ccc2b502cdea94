import * as z from 'zod';

const instance = z.object({ taskId: z.string(), availabilityZone: z.string() });

const task = z.object({
  id: z.string(),
  title: z.string(),
  completed: z.boolean(),
  createdAt: z.string(),
});

const file = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  byteCount: z.number(),
  createdAt: z.string(),
});

/**
 * All that a session holds, in one document: one life, one atomic step for whatever changes. Tasks of two releases write
 * it during a rollout, so a new member needs a default.
 */
export const sessionDocument = z.object({
  startedAt: z.string(),
  views: z.number().default(0),
  /** The instance that counted the last view. */
  servedBy: instance.nullable().default(null),
  tasks: z.array(task).default([]),
  files: z.array(file).default([]),
  /** What the session has bought in a sale, and the forms that it did so with. */
  cart: z
    .object({ sale: z.string(), quantity: z.int().min(0), tokens: z.array(z.string()) })
    .nullable()
    .default(null),
});

export type SessionDocument = z.output<typeof sessionDocument>;
export type Instance = z.output<typeof instance>;
export type Task = z.output<typeof task>;
export type FileEntry = z.output<typeof file>;
