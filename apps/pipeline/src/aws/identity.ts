import { GetCallerIdentityCommand, STSClient, type STSServiceException } from '@aws-sdk/client-sts';
import { PipelineError } from '../pipeline-error.ts';
import type { ClientSettings } from './client-settings.ts';

/** Who we are to AWS. */
interface Caller {
  readonly accountId: string;
  /** Of a user, or of a session of a role, which names the role. */
  readonly arn: string;
}

export interface Identity {
  /** @throws PipelineError TL-PIPE-CREDENTIALS when AWS does not know us */
  caller(): Promise<Caller>;
}

const howToSignIn =
  'Sign in first (aws sso login, AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY; in GitHub Actions, the role named by AWS_ROLE)';

export function stsIdentity(settings: ClientSettings): Identity {
  const client = new STSClient(settings);
  return {
    caller: async () => {
      try {
        const { Account = 'unknown', Arn = 'unknown' } = await client.send(new GetCallerIdentityCommand({}));
        return { accountId: Account, arn: Arn };
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
