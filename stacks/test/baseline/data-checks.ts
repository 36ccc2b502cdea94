import { type Resource, type Synthesis, everyStatement } from '../synthesise.ts';
import { type Check, addressesOf, each, every, inBlock, neverMade, refersTo } from './check.ts';

const buckets =
  (type: string): Check =>
  (synthesis) =>
    every(addressesOf(synthesis, 'aws_s3_bucket'), refersTo(synthesis, type, 'bucket'));

/** Passes where every bucket has a resource of this type, and each of these holds. */
const everyBucket =
  (type: string, holds: (resource: Resource) => boolean): Check =>
  (synthesis) =>
    buckets(type)(synthesis) === 'fail' ? 'fail' : each(type, holds)(synthesis);

const blocksAll = (block: Resource): boolean =>
  ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].every(
    (field) => block[field] === true,
  );
const blocked = everyBucket('aws_s3_bucket_public_access_block', blocksAll);

const replicationGroup = (holds: (group: Resource) => boolean): Check =>
  each('aws_elasticache_replication_group', holds);

const rotated: Check = (synthesis) =>
  every(
    addressesOf(synthesis, 'aws_secretsmanager_secret'),
    refersTo(synthesis, 'aws_secretsmanager_secret_rotation', 'secret_id'),
  );

/** Customer managed policies of IAM whose every statement that allows is one that holds. */
const policies = (synthesis: Synthesis, holds: (actions: readonly string[]) => boolean) =>
  every(
    everyStatement(synthesis).filter(
      ({ type, statement }) => type.startsWith('aws_iam_') && statement.Effect === 'Allow',
    ),
    ({ statement }) => holds([statement.Action].flat()),
  );

export const dataChecks: Readonly<Record<string, Check>> = {
  'S3.1': neverMade('aws_s3_account_public_access_block', (synthesis) => blocked(synthesis) === 'pass'),
  'S3.5': everyBucket('aws_s3_bucket_policy', ({ policy }) =>
    String(policy).includes('"Condition":{"Bool":{"aws:SecureTransport":"false"}}'),
  ),
  'S3.8': blocked,
  'S3.12': everyBucket(
    'aws_s3_bucket_ownership_controls',
    (control) => inBlock(control, 'rule', 'object_ownership') === 'BucketOwnerEnforced',
  ),
  'S3.13': everyBucket('aws_s3_bucket_lifecycle_configuration', (configuration) =>
    (configuration.rule as readonly Resource[]).some(({ status }) => status === 'Enabled'),
  ),
  'DynamoDB.2': each(
    'aws_dynamodb_table',
    (table) => inBlock(table, 'point_in_time_recovery', 'enabled') === true,
  ),
  'DynamoDB.6': each(
    'aws_dynamodb_table',
    ({ deletion_protection_enabled }) => deletion_protection_enabled === true,
  ),
  'ElastiCache.1': replicationGroup(
    ({ snapshot_retention_limit = 0 }) => Number(snapshot_retention_limit) > 0,
  ),
  'ElastiCache.2': replicationGroup(
    ({ auto_minor_version_upgrade }) => auto_minor_version_upgrade === 'true',
  ),
  'ElastiCache.3': replicationGroup(({ automatic_failover_enabled }) => automatic_failover_enabled === true),
  'ElastiCache.4': replicationGroup(
    ({ at_rest_encryption_enabled }) => at_rest_encryption_enabled === 'true',
  ),
  'ElastiCache.5': replicationGroup(
    ({ transit_encryption_enabled, transit_encryption_mode }) =>
      transit_encryption_enabled === true && transit_encryption_mode === 'required',
  ),
  'ElastiCache.6': replicationGroup(
    ({ engine_version, auth_token }) => auth_token !== undefined || Number(engine_version) >= 6,
  ),
  'ElastiCache.7': replicationGroup(({ subnet_group_name }) =>
    String(subnet_group_name).includes('aws_elasticache_subnet_group.'),
  ),
  'SecretsManager.1': rotated,
  'SecretsManager.4': rotated,
  'KMS.5': each(
    'aws_kms_key',
    ({ policy }) => typeof policy === 'string' && !/"Principal":("\*"|\{"AWS":"\*"\})/.test(policy),
  ),
  'CloudWatch.16': each(
    'aws_cloudwatch_log_group',
    ({ retention_in_days }) => Number(retention_in_days) >= 365,
  ),
  'IAM.1': (synthesis) => policies(synthesis, (actions) => !actions.includes('*')),
  'IAM.21': (synthesis) => policies(synthesis, (actions) => !actions.some((action) => action.endsWith(':*'))),
};
