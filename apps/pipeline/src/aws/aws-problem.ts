import * as z from 'zod';
import { PipelineError } from '../pipeline-error.ts';

/** One call that AWS refused or did not answer. */
interface FailedCall {
  /** Such as `ECS DescribeServices`. */
  readonly operation: string;
  /** What it was about, such as `cluster tideline-dev`; empty where that is not known. */
  readonly resource: string;
}

/** The SDK’s logger, as far as it is used here. */
export interface CallLogger {
  debug(): void;
  info(): void;
  warn(): void;
  error(entry: unknown): void;
}

const failedCalls = new WeakMap<object, FailedCall>();

const entrySchema = z.object({
  clientName: z.string(),
  commandName: z.string(),
  input: z.record(z.string(), z.unknown()).catch({}),
  error: z.instanceof(Error),
});

/** Writes nothing: it keeps which call each error of the SDK belongs to, for `awsProblem` to report. */
export const callLogger: CallLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (entry) => {
    const { success, data } = entrySchema.safeParse(entry);
    if (!success) return;
    const service = data.clientName.replace(/Client$/, '');
    const operation = `${service} ${data.commandName.replace(/Command$/, '')}`;
    failedCalls.set(data.error, { operation, resource: resourceOf(data.input) });
  },
};

/** Parameters whose values name something; others may be long, or secret. */
const naming =
  /^(Bucket|Key|TableName|\w*Names?|\w*Ids?|\w*Arns?|\w*ARN|cluster|services?|taskDefinition|Versions)$/;

const resourceOf = (input: Readonly<Record<string, unknown>>): string =>
  Object.entries(input)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, value]) => {
      const words = [value].flat().filter((word) => typeof word === 'string');
      return naming.test(name) && words.length > 0 ? [`${name} ${words.join(', ')}`] : [];
    })
    .join('; ');

const errorSchema = z.object({
  name: z.string(),
  message: z.string(),
  $metadata: z.object({ httpStatusCode: z.number().optional(), requestId: z.string().optional() }),
});

/** An error of the AWS SDK in the user’s words; any other is passed on as it is. */
export function awsProblem(error: unknown): unknown {
  const parsed = error instanceof PipelineError ? null : errorSchema.safeParse(error);
  if (parsed?.success !== true || !(error instanceof Error)) return error;
  const { name, message, $metadata } = parsed.data;
  const { operation, resource } = failedCalls.get(error) ?? { operation: 'a call', resource: '' };
  const { httpStatusCode: status, requestId } = $metadata;
  const answer = status === undefined ? 'no HTTP answer' : `HTTP ${status}`;
  const id = requestId === undefined ? '' : `, request ${requestId}`;
  return new PipelineError(
    'TL-PIPE-AWS',
    `${operation}${resource === '' ? '' : ` (${resource})`} failed: ${name}, ${answer}${id}: ${message}. ${howToFix(name, status)}`,
    { cause: error },
  );
}

function howToFix(name: string, status: number | undefined): string {
  if (/Expired|InvalidClientToken|UnrecognizedClient|Signature|Credentials/i.test(name))
    return 'Sign in again: the credentials have expired, or AWS does not accept them';
  if (name === 'NoSuchBucket')
    return 'The state bucket has been deleted, or its name is another one: compare AWS_ACCOUNT_ID, stage and project, or run bootstrap';
  if (status === 403 || /AccessDenied|Unauthorized|NotAuthorized|Forbidden/i.test(name))
    return 'Allow the user or role of these credentials this operation; what the deploy role may do is in stack state, which bootstrap brings up to date';
  if (status === undefined)
    return 'See whether AWS is reachable from here (network, proxy, AWS_ENDPOINT_URL), then go on';
  if (status === 429 || status >= 500 || /Throttl|TooManyRequests|LimitExceeded/i.test(name))
    return 'AWS is busy, or a quota is used up: wait, then go on; see Service Quotas where it stays';
  return 'See with status what is there, correct what AWS names, then go on';
}

/** What was asked for; null where AWS answers with an error of one of these names, because there is no such thing. */
export async function unlessAbsent<Value>(
  names: readonly string[],
  ask: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return null;
    throw error;
  }
}
