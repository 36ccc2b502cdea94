import {
  type Environment,
  type StackId,
  bucketNames,
  deployRecordKey,
  environmentStackIds,
  stackIds,
  stateKey,
} from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { DeployScope } from './deploy-scope.ts';

/**
 * What reading this environment’s Terraform states takes, and writing those of the stacks that workflows deploy.
 *
 * The role reads the state of stack `state`, which says what the role may do and which preset the environment was made from,
 * and never writes it. Terraform runs the providers that a state names: a role that writes that state would have the
 * administrator’s next bootstrap run a provider of its choice. For the same reason each key is listed, and each item of the
 * lock table: a lock or a digest of that state is the administrator’s alone. No version of any state can be deleted.
 */
export function stateStatements(scope: DeployScope, environment: Environment): readonly Statement[] {
  const bucket = bucketNames(environment, scope.accountId).state;
  const deployed = environmentStackIds(environment).filter((stack) => stack !== 'state');
  const record = deployRecordKey(environment);
  const objects = (keys: readonly string[]) => keys.map((key) => `${scope.stateBucket}/${key}`);
  const keysOf = (stacks: readonly StackId[]) => stacks.map((stack) => stateKey(environment, stack));
  // Terraform’s S3 backend keeps the lock of a state under one item, and the digest of its contents under another.
  const items = (stacks: readonly StackId[]) =>
    keysOf(stacks).flatMap((key) => [`${bucket}/${key}`, `${bucket}/${key}-md5`]);
  return [
    { Sid: 'ListState', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: scope.stateBucket },
    {
      // Also of stacks that this description has no use for: what an earlier one deployed must be seen.
      Sid: 'ReadState',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: objects([...keysOf(stackIds), record]),
    },
    {
      Sid: 'WriteState',
      Effect: 'Allow',
      Action: ['s3:PutObject'],
      Resource: objects([...keysOf(deployed), record]),
    },
    { Sid: 'LockTable', Effect: 'Allow', Action: ['dynamodb:DescribeTable'], Resource: scope.lockTable },
    {
      Sid: 'ReadLock',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem'],
      Resource: scope.lockTable,
      Condition: ofItems(items(stackIds)),
    },
    {
      Sid: 'Lock',
      Effect: 'Allow',
      Action: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
      Resource: scope.lockTable,
      Condition: ofItems(items(deployed)),
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
