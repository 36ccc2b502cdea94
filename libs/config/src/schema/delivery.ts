import * as z from 'zod';

const gitHubId = (of: string, variable: string) =>
  z
    .int({ error: 'must be a whole number, as GitHub’s API shows it' })
    .min(1)
    .nullable()
    .default(null)
    .describe(`GitHub’s id of the ${of}; null takes the variable ${variable}, which GitHub Actions sets.`);

/** Who may deploy from GitHub Actions. */
export const deliverySchema = z.strictObject({
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
  subject: z
    .enum(['ids', 'names'])
    .default('ids')
    .describe(
      'How GitHub’s tokens name the repository: by names with the ids of owner and repository, as every repository made after 2026-07-15 does, or by names alone. Names alone also admit a later owner of a deleted or renamed repository’s name.',
    ),
  repositoryId: gitHubId('repository', 'GITHUB_REPOSITORY_ID'),
  ownerId: gitHubId('repository’s owner', 'GITHUB_REPOSITORY_OWNER_ID'),
  oidcProvider: z
    .enum(['create', 'existing'])
    .default('create')
    .describe('Whether to create the account’s identity provider of GitHub; an account has one at most.'),
});
