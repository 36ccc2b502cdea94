import {
  type Environment,
  type StackId,
  bucketNames,
  deployRecordKey,
  environmentStackIds,
  stackIds,
  stateKey,
  stateLockFacts,
  stateLockKey,
} from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { DeployScope } from './deploy-scope.ts';

/**
 * What reading this environment’s Terraform states takes, and writing those of the stacks that workflows deploy.
 *
 * The role reads the state of stack `state`, which says what the role may do and which preset the environment was made from,
 * and never writes it. Terraform runs the providers that a state names: a role that writes that state would have the
 * administrator’s next bootstrap run a provider of its choice. For the same reason each key is listed, and each lock: a lock
 * or a digest of that state is the administrator’s alone. No version of any state can be deleted.
 */
export function stateStatements(scope: DeployScope, environment: Environment): readonly Statement[] {
  const deployed = environmentStackIds(environment).filter((stack) => stack !== 'state');
  // Also of stacks that this description has no use for: what an earlier one deployed must be seen.
  const others = stackIds.filter((stack) => stack === 'state' || !deployed.includes(stack));
  const { inTable, inBucket } = stateLockFacts(environment.state.lock);
  const record = deployRecordKey(environment);
  const objects = (keys: readonly string[]) => keys.map((key) => `${scope.stateBucket}/${key}`);
  const keysOf = (stacks: readonly StackId[]) => stacks.map((stack) => stateKey(environment, stack));
  const locksOf = (stacks: readonly StackId[]) => keysOf(stacks).map(stateLockKey);
  return [
    { Sid: 'ListState', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: scope.stateBucket },
    {
      Sid: 'ReadState',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: objects([...keysOf(stackIds), record, ...(inBucket ? locksOf(others) : [])]),
    },
    {
      Sid: 'WriteState',
      Effect: 'Allow',
      Action: ['s3:PutObject'],
      Resource: objects([...keysOf(deployed), record]),
    },
    ...(inBucket
      ? [
          {
            Sid: 'LockObject',
            Effect: 'Allow' as const,
            // Terraform puts the object where there is none, and deletes it.
            Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
            Resource: objects(locksOf(deployed)),
          },
        ]
      : []),
    ...(inTable
      ? tableStatements(scope, { seen: keysOf(others), locked: keysOf(deployed) }, environment)
      : []),
  ];
}

interface LockedKeys {
  /** Keys whose locks the role only sees. */
  readonly seen: readonly string[];
  /** Keys that it locks and unlocks. */
  readonly locked: readonly string[];
}

/** Terraform’s S3 backend keeps the lock of a state under one item of the table, and the digest of its contents under another. */
function tableStatements(
  scope: DeployScope,
  { seen, locked }: LockedKeys,
  environment: Environment,
): readonly Statement[] {
  const bucket = bucketNames(environment, scope.accountId).state;
  return [
    { Sid: 'LockTable', Effect: 'Allow', Action: ['dynamodb:DescribeTable'], Resource: scope.lockTable },
    {
      Sid: 'ReadLock',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem'],
      Resource: scope.lockTable,
      Condition: ofItems(seen.map((key) => `${bucket}/${key}`)),
    },
    {
      Sid: 'Lock',
      Effect: 'Allow',
      Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      Resource: scope.lockTable,
      Condition: ofItems(locked.flatMap((key) => [`${bucket}/${key}`, `${bucket}/${key}-md5`])),
    },
  ];
}

/**
 * Items by their partition key. DynamoDB’s key has several values even where a call names one item, and the operator for these
 * is true of a call that names none (DynamoDB guide, conditions; IAM guide, multivalued keys): such a call is refused.
 */
const ofItems = (keys: readonly string[]) => ({
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': keys },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});
