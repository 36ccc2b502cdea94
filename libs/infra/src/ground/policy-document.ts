import { arnIn, globalRegion } from '@tideline/config';

/** One statement of an IAM or resource policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy as AWS reads it. Values may be references that Terraform fills in. */
export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** Lets a service of AWS take a role, on behalf of this account alone (IAM guide, the confused deputy problem). */
export const trustPolicy = (service: string, accountId: string): string =>
  policyDocument([
    {
      Sid: 'Service',
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    },
  ]);

/** Accounts of Elastic Load Balancing that write access logs in China, beside the service’s own name. */
const accessLogAccounts: Readonly<Record<string, string>> = {
  'cn-north-1': '638102146993',
  'cn-northwest-1': '037604701340',
};

/**
 * Lets load balancers write their access logs into a bucket, under this account’s name alone
 * (Elastic Load Balancing guide, bucket policy for access logs).
 */
export function accessLogStatements(
  bucketArn: string,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): readonly Statement[] {
  const account = accessLogAccounts[region];
  return [
    {
      Sid: 'AccessLogs',
      Effect: 'Allow',
      Principal: {
        Service: 'logdelivery.elasticloadbalancing.amazonaws.com',
        ...(account === undefined ? {} : { AWS: arnIn(region, `iam::${account}:root`) }),
      },
      Action: 's3:PutObject',
      Resource: `${bucketArn}/AWSLogs/${accountId}/*`,
    },
  ];
}

/**
 * Lets CloudWatch Logs deliver the access logs of a distribution into a bucket, from sources of this account alone
 * (CloudWatch Logs guide, logs sent to Amazon S3). Otherwise the role that makes the delivery would have to change the policy.
 */
export const distributionLogStatements = (bucketArn: string, accountId: string): readonly Statement[] => [
  {
    Sid: 'DistributionLogs',
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${bucketArn}/AWSLogs/${accountId}/CloudFront/*`,
    Condition: {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': accountId },
      ArnLike: { 'aws:SourceArn': `arn:aws:logs:${globalRegion}:${accountId}:delivery-source:*` },
    },
  },
];
