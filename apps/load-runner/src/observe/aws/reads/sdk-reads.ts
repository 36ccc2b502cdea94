import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribePoliciesCommand,
  DescribeScalingActivitiesCommand as DescribeGroupActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsReads } from './aws-reads.ts';
import { ObserverError } from '../../scaling-observer.ts';

/** An answer that takes longer is asked for again. */
const timeouts = { connectionTimeout: 3000, requestTimeout: 10_000 };

/** The SDK’s clients; credentials and endpoint come from the environment, as the SDK reads them. */
export function sdkReads(settings: { readonly region: string }): AwsReads {
  // Adaptive: when AWS throttles, the client slows down by itself and asks again.
  const config = { ...settings, retryMode: 'adaptive', requestHandler: timeouts };
  const ecs = new ECSClient(config);
  const balancing = new ElasticLoadBalancingV2Client(config);
  const scaling = new ApplicationAutoScalingClient(config);
  const groups = new AutoScalingClient(config);
  const cloudWatch = new CloudWatchClient(config);
  return {
    describeServices: (input) =>
      ask('ecs:DescribeServices', () => ecs.send(new DescribeServicesCommand(input))),
    describeTargetHealth: (input) =>
      ask('elasticloadbalancing:DescribeTargetHealth', () =>
        balancing.send(new DescribeTargetHealthCommand(input)),
      ),
    describeScalableTargets: (input) =>
      ask('application-autoscaling:DescribeScalableTargets', () =>
        scaling.send(new DescribeScalableTargetsCommand(input)),
      ),
    describeScalingPolicies: (input) =>
      ask('application-autoscaling:DescribeScalingPolicies', () =>
        scaling.send(new DescribeScalingPoliciesCommand(input)),
      ),
    describeScalingActivities: (input) =>
      ask('application-autoscaling:DescribeScalingActivities', () =>
        scaling.send(new DescribeScalingActivitiesCommand(input)),
      ),
    describeAutoScalingGroups: (input) =>
      ask('autoscaling:DescribeAutoScalingGroups', () =>
        groups.send(new DescribeAutoScalingGroupsCommand(input)),
      ),
    describeInstanceRefreshes: (input) =>
      ask('autoscaling:DescribeInstanceRefreshes', () =>
        groups.send(new DescribeInstanceRefreshesCommand(input)),
      ),
    describePolicies: (input) =>
      ask('autoscaling:DescribePolicies', () => groups.send(new DescribePoliciesCommand(input))),
    describeGroupActivities: (input) =>
      ask('autoscaling:DescribeScalingActivities', () =>
        groups.send(new DescribeGroupActivitiesCommand(input)),
      ),
    describeAlarms: (input) =>
      ask('cloudwatch:DescribeAlarms', () => cloudWatch.send(new DescribeAlarmsCommand(input))),
    getMetricData: (input) =>
      ask('cloudwatch:GetMetricData', () => cloudWatch.send(new GetMetricDataCommand(input))),
  };
}

async function ask<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw readProblem(action, error);
  }
}

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

/** What a failed read of AWS means to the user, by the action that failed. */
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
