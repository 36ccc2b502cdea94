import { ObserverError } from '../../scaling-observer.ts';

const signIn =
  'sign in (aws sso login, AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY; in a task, its role)';

/** AWS’s names for “you may not”; services of different ages say it differently. */
const denials = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'NotAuthorized']);
/** And for “I do not know you”. */
const refusals = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const throttles = new Set([
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
]);

/** What a failed read of AWS means to whoever runs the load, by the action that failed. */
export function readProblem(action: string, error: unknown): ObserverError {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return new ObserverError(`${action} ${meaning(name, message)}`, { cause: error });
}

function meaning(name: string, message: string): string {
  if (name === 'CredentialsProviderError') return `found no AWS credentials (${message}); ${signIn}`;
  if (denials.has(name)) return `was denied (${message}); allow it to who runs this`;
  if (refusals.has(name)) return `was refused: the credentials are not accepted (${name}); ${signIn}`;
  if (throttles.has(name))
    return `was still throttled after every retry (${message}); other programs use up the account’s rate: try again later`;
  if (name === 'ClusterNotFoundException')
    return 'found no such cluster; deploy the environment first, or name the one that is deployed';
  return `failed: ${name} ${message}`.trimEnd();
}
