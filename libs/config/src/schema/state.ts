import * as z from 'zod';
import { stateLocks } from '../state-lock.ts';

/** How Terraform’s states are kept. */
export const stateSchema = z.strictObject({
  lock: z
    .enum(stateLocks)
    .default('dynamodb')
    .describe(
      'Where a run locks the state that it changes: in a DynamoDB table, which Terraform deprecates, in an object beside the state in S3, or in both, which is the step between the two. bootstrap applies a change.',
    ),
});
