import type { StackContext } from '@tideline/infra';
import * as z from 'zod';
import { DeploymentError } from './deployment-error.ts';

/** What is known only where the stacks are deployed, and is therefore no part of the description. */
export type DeploymentFacts = Omit<StackContext, 'environment' | 'deployTrust' | 'releaseHookFile'>;

/**
 * The account of stacks that someone looks at without naming one. No account has this number, the provider of each stack
 * allows no other, and the bucket of its state is nowhere: Terraform refuses to deploy them.
 */
export const placeholderAccountId = '000000000000';

const image = z
  .string()
  .regex(
    /^[a-z0-9][\w.:/-]*(:[\w][\w.-]{0,127}|@sha256:[0-9a-f]{64})$/,
    'must be an image with a tag or a digest, such as 123456789012.dkr.ecr.us-east-1.amazonaws.com/tideline-dev-api@sha256:…. Leave it out for the tag bootstrap of the environment’s own repository',
  );

const variables = z.object({
  AWS_ACCOUNT_ID: z
    .string()
    .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account')
    .default(placeholderAccountId),
  TIDELINE_IMAGE: image.optional(),
  TIDELINE_LOAD_RUNNER_IMAGE: image.optional(),
  TIDELINE_STATE_BACKEND: z
    .enum(['s3', 'local', 's3-without-table'], {
      error:
        'must be s3, local or s3-without-table. Use local until the state bucket exists, then leave it out',
    })
    .default('s3'),
  AWS_ENDPOINT_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL. Leave it out for AWS itself' })
    .optional(),
});

/**
 * Reads the facts from environment variables; an empty one counts as one that is not set.
 * @throws DeploymentError that names every variable that cannot be used
 */
export function deploymentFacts(env: Readonly<Record<string, string | undefined>>): DeploymentFacts {
  const present = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== '' && name in variables.shape),
  );
  const parsed = variables.safeParse(present);
  if (!parsed.success)
    throw new DeploymentError(
      parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        const value = present[name];
        const got = value === undefined ? '' : `; got "${value}"`;
        return { code: 'TL-DEPLOY-VARIABLE', message: `${name} ${message}${got}` };
      }),
    );
  const { data } = parsed;
  return {
    accountId: data.AWS_ACCOUNT_ID,
    image: data.TIDELINE_IMAGE ?? null,
    loadRunnerImage: data.TIDELINE_LOAD_RUNNER_IMAGE ?? null,
    stateBackend: data.TIDELINE_STATE_BACKEND,
    // Endpoints other than AWS’s own have no host name for each bucket.
    s3PathStyle: data.AWS_ENDPOINT_URL !== undefined,
  };
}
