import { GetCallerIdentityCommand, STSClient, type STSServiceException } from '@aws-sdk/client-sts';
import { PipelineError } from '../pipeline-error.ts';
import type { ClientSettings } from './client-settings.ts';

/** Who we are to AWS. */
export interface Identity {
  /** @throws PipelineError TL-PIPE-CREDENTIALS when AWS does not know us */
  accountId(): Promise<string>;
}

const howToSignIn =
  'Sign in first (aws sso login, AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY; in GitHub Actions, the role named by AWS_ROLE)';

export function stsIdentity(settings: ClientSettings): Identity {
  const client = new STSClient(settings);
  return {
    accountId: async () => {
      try {
        return (await client.send(new GetCallerIdentityCommand({}))).Account ?? 'unknown';
      } catch (error) {
        throw credentialsProblem(error);
      }
    },
  };
}

/** Separates missing credentials from refused ones; what is neither, such as a broken network, is passed on as it is. */
function credentialsProblem(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  const hasAnswer = (error as Partial<STSServiceException>).$metadata?.httpStatusCode !== undefined;
  if (name !== 'CredentialsProviderError' && !hasAnswer) return error;
  const what =
    name === 'CredentialsProviderError'
      ? 'no AWS credentials were found'
      : `AWS did not say who we are: ${name} ${message}`;
  return new PipelineError('TL-PIPE-CREDENTIALS', `${what}. ${howToSignIn}`, { cause: error });
}
