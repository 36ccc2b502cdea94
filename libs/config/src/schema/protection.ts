import * as z from 'zod';

/** What stands between a mistake and the loss of something that cannot be made again. */
export const protectionSchema = z.strictObject({
  state: z
    .boolean()
    .default(true)
    .describe(
      'Refuses to destroy the state bucket and its lock table, and to delete a bucket with contents. With `state.lock=both` AWS lets the table go, since S3 locks as well.',
    ),
  images: z
    .boolean()
    .default(true)
    .describe('Refuses to delete an image repository with images; a destroy empties it deliberately first.'),
  files: z
    .boolean()
    .default(true)
    .describe(
      'Refuses to delete the bucket of uploaded files while it holds any; false lets a destroy empty it.',
    ),
  loadBalancer: z
    .boolean()
    .default(false)
    .describe('Deletion protection of the balancer; it has to be turned off before a destroy.'),
});
