import { type BaselineControl, accepted, byProduction, met, notApplicable } from './control.ts';

const sessionPresets = (judgement: BaselineControl['judgement']) => ({
  judgement: notApplicable('sessions.store is none'),
  differs: { 'stateless-asg': judgement, 'flash-sale': judgement },
});
const secretPresets = (judgement: BaselineControl['judgement']) => ({
  judgement: notApplicable('no secret is generated'),
  differs: { 'stateless-asg': judgement, 'flash-sale': judgement, 'blue-green': judgement },
});
const turnedByHand = accepted(
  'nothing rotates by itself: the session keys are rotated by hand without signing anyone out (how-to rotate-session-keys), the other secrets by a deploy',
);

/** Controls of what is kept, of who may do what, and of what is watched. */
export const dataControls: readonly BaselineControl[] = [
  {
    id: 'S3.1',
    title: 'S3 general purpose buckets should have block public access settings enabled',
    judgement: notApplicable(
      'it is a setting of the account, which no single environment may own; every bucket here blocks public access itself (S3.8)',
    ),
  },
  {
    id: 'S3.5',
    title: 'S3 general purpose buckets should require requests to use SSL',
    judgement: met('every bucket’s policy denies requests without TLS'),
  },
  {
    id: 'S3.8',
    title: 'S3 general purpose buckets should block public access',
    judgement: met('every bucket blocks all four kinds'),
  },
  {
    id: 'S3.12',
    title: 'ACLs should not be used to manage user access to S3 general purpose buckets',
    judgement: met('the owner of a bucket owns its objects; ACLs are off'),
  },
  {
    id: 'S3.13',
    title: 'S3 general purpose buckets should have Lifecycle configurations',
    judgement: met('every bucket ends uploads that were not finished, and deletes what is too old'),
  },
  {
    id: 'DynamoDB.2',
    title: 'DynamoDB tables should have point-in-time recovery enabled',
    judgement: met('the lock table has it'),
  },
  {
    id: 'DynamoDB.6',
    title: 'DynamoDB tables should have deletion protection enabled',
    judgement: met(
      'protection.state is true by default; state.lock=both lets it go, as the step to a lock in S3',
    ),
  },
  {
    id: 'ElastiCache.1',
    title: 'ElastiCache (Redis OSS) clusters should have automatic backups enabled',
    ...sessionPresets(byProduction('sessions.snapshotRetentionDays=7')),
  },
  {
    id: 'ElastiCache.2',
    title: 'ElastiCache clusters should have automatic minor version upgrades enabled',
    ...sessionPresets(met('they are on')),
  },
  {
    id: 'ElastiCache.3',
    title: 'ElastiCache replication groups should have automatic failover enabled',
    ...sessionPresets(met('sessions.replicas is 1 by default, which takes over')),
  },
  {
    id: 'ElastiCache.4',
    title: 'ElastiCache replication groups should be encrypted at rest',
    ...sessionPresets(met('the group is')),
  },
  {
    id: 'ElastiCache.5',
    title: 'ElastiCache replication groups should be encrypted in transit',
    ...sessionPresets(met('TLS is required')),
  },
  {
    id: 'ElastiCache.6',
    title:
      'ElastiCache (Redis OSS) replication groups of earlier versions should have Redis OSS AUTH enabled',
    ...sessionPresets(met('the version is later than 6.0, and a token is asked for all the same')),
  },
  {
    id: 'ElastiCache.7',
    title: 'ElastiCache clusters should not use the default subnet group',
    ...sessionPresets(met('the group has a subnet group of its own, in private subnets')),
  },
  {
    id: 'SecretsManager.1',
    title: 'Secrets Manager secrets should have automatic rotation enabled',
    ...secretPresets(turnedByHand),
  },
  {
    id: 'SecretsManager.4',
    title: 'Secrets Manager secrets should be rotated within a specified number of days',
    ...secretPresets(turnedByHand),
  },
  {
    id: 'KMS.5',
    title: 'KMS keys should not be publicly accessible',
    judgement: met(
      'keys of the environment’s own, which the profile production makes, name who may use them',
    ),
  },
  {
    id: 'SNS.4',
    title: 'SNS topic access policies should not allow public access',
    judgement: met('the topic of the alarms takes messages of this account’s alarms alone'),
  },
  {
    id: 'CloudWatch.16',
    title: 'CloudWatch log groups should be retained for a specified time period',
    judgement: byProduction('observability.logRetentionDays=365'),
  },
  {
    id: 'IAM.1',
    title: 'IAM policies should not allow full "*" administrative privileges',
    judgement: met('no statement allows an action by a wildcard'),
  },
  {
    id: 'IAM.21',
    title: 'IAM customer managed policies that you create should not allow wildcard actions for services',
    judgement: met('no statement allows an action by a wildcard'),
  },
];
