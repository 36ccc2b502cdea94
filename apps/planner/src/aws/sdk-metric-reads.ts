import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { MetricReads } from '@tideline/planner';
import { UsageError } from '@tideline/process';

/** An answer that takes longer is asked for again. */
const timeouts = { connectionTimeout: 3000, requestTimeout: 20_000 };
/** Tries of one call, the first included; adaptive retries wait longer each time, and slow down while AWS throttles. */
const maxAttempts = 8;

/** CloudWatch by the AWS SDK; credentials, region and endpoint come from the environment, as the SDK reads them. */
export function sdkMetricReads(region: string | undefined): MetricReads {
  const client = new CloudWatchClient({
    ...(region === undefined ? {} : { region }),
    retryMode: 'adaptive',
    maxAttempts,
    requestHandler: timeouts,
  });
  return {
    getMetricData: async (question) => {
      try {
        return await client.send(new GetMetricDataCommand(question));
      } catch (error) {
        throw readProblem(error);
      }
    },
  };
}

/** What a failed read means to the user. */
export function readProblem(error: unknown): UsageError {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const fix = fixes.find(({ names }) => names.test(name) || names.test(message))?.fix ?? 'try again later';
  return new UsageError('TL-TRACE-AWS', `cloudwatch:GetMetricData failed: ${name}: ${message}; ${fix}`, {
    cause: error,
  });
}

const fixes = [
  { names: /Region is missing/i, fix: 'give --region, or set AWS_REGION' },
  { names: /AccessDenied|Unauthorized/, fix: 'allow cloudwatch:GetMetricData to the credentials in use' },
  {
    names: /Credentials|Token|Signature|UnrecognizedClient/,
    fix: 'sign in (aws sso login, AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY)',
  },
  { names: /Throttl|RequestLimit/, fix: 'other programs use up the account’s rate: try again later' },
];
