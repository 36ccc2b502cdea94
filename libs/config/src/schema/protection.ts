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
    .describe('Deletion protection of the balancer; a destroy is refused until it is set to false.'),
  secretRecoveryDays: z
    .union([z.literal(0), z.int().min(7).max(30)])
    .default(0)
    .describe(
      'Days for which a deleted secret can be restored. Its name is taken meanwhile: an environment that is destroyed cannot be made again under its name before they end. 0 deletes at once; the stacks generate every secret anew.',
    ),
});
