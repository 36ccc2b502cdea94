import { z } from 'zod';

/** Who may deploy from GitHub Actions. */
export const deliverySchema = z.strictObject({
  branch: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/, 'must be the name of a branch, such as main')
    .default('main')
    .describe('Branch whose workflows may take the deploy role.'),
  environment: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
      'must be the name of a GitHub environment, such as production',
    )
    .nullable()
    .default(null)
    .describe(
      'GitHub environment whose jobs may take the deploy role, as those of the one with -destroy behind its name may; null is the one named as the stage.',
    ),
  oidcProvider: z
    .enum(['create', 'existing'])
    .default('create')
    .describe('Whether to create the account’s identity provider of GitHub; an account has one at most.'),
});
