import { z } from 'zod';

/** The store that processes of a test share, as each is told by its argument. */
export const sharedStore = z.union([
  z.object({ kind: z.literal('embedded'), folder: z.string() }),
  z
    .object({ kind: z.literal('redis'), url: z.string() })
    .transform((store) => ({ ...store, authToken: undefined })),
]);
