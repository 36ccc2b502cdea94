import { describe, expect, test } from '@jest/globals';
import {
  errorText,
  isProgress,
  lockFrom,
  plannedChange,
  plannedResources,
  refusesProvider,
  stackChange,
  valuesStillMissing,
} from './terraform-output.ts';

/** As Terraform 1.11.4 writes it where the table has the lock. */
const lockedOutput = `╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error DynamoDB: PutItem, ConditionalCheckFailedException
│ Lock Info:
│   ID:        6b5b9a0e-7d5e
│   Path:      bucket/tideline/dev/network.tfstate
│   Operation: OperationTypeApply
│   Who:       ada@laptop
│   Version:   1.11.4
│   Created:   2026-01-01 10:00:00 UTC
╵`.split('\n');

/** As Terraform 1.11.4 writes it where S3 has the lock. */
const lockedInS3 = `
Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error
StatusCode: 412, RequestID: EHHsMDDO0hfF, HostID: 9Gjjt1m+cjU4=,
api error PreconditionFailed: At least one of the pre-conditions you
specified did not hold
Lock Info:
  ID:        f00d0000-0000-0000-0000-000000000000
  Path:      bucket/tideline/dev/network.tfstate
  Operation: OperationTypeApply
  Who:       ada@laptop
  Version:   1.11.4
  Created:   2026-01-01 10:00:00 +0000 UTC
  Info:      `.split('\n');

/** The same with an object that is no lock of Terraform’s. */
const unreadableInS3 = [
  ...lockedInS3.slice(0, 7),
  'failed to unmarshal JSON data into LockInfo struct: unexpected end of JSON',
  'input',
];

/** As Terraform 1.11.4 writes it where there is no table. */
const tableMissing = `
Error: Error acquiring the state lock

Error message: operation error DynamoDB: PutItem, https response error
StatusCode: 400, RequestID:
xF2Fy75edPolVPldM1IHgwVccqKePtZGXqIPcYIhCOCKixfQ0JOd,
ResourceNotFoundException: Requested resource not found
Unable to retrieve item from DynamoDB table "tideline-dev-tflock": operation
error DynamoDB: GetItem, https response error StatusCode: 400, RequestID:
9hq9GAjuzNHg08mCrihP0gbXhAwzj3YHvsTUMsgWGlzcCpZWXvK0,
ResourceNotFoundException: Requested resource not found`.split('\n');

describe('what Terraform says', () => {
  test.each([
    ['Apply complete! Resources: 36 added, 2 changed, 1 destroyed.', { added: 36, changed: 2, destroyed: 1 }],
    ['Destroy complete! Resources: 36 destroyed.', { added: 0, changed: 0, destroyed: 36 }],
    [
      'Apply complete! Resources: 1 imported, 2 added, 0 changed, 0 destroyed.',
      { added: 2, changed: 0, destroyed: 0 },
    ],
    ['No changes.', { added: 0, changed: 0, destroyed: 0 }],
  ])('"%s" is counted', (line, change) => {
    expect(stackChange(['…', line])).toEqual(change);
  });

  test('a plan is counted, and an empty one is zeros', () => {
    expect(plannedChange(['Plan: 3 to add, 2 to change, 1 to destroy.'])).toEqual({
      added: 3,
      changed: 2,
      destroyed: 1,
    });
    expect(plannedChange(['No changes. Your infrastructure matches the configuration.'])).toEqual({
      added: 0,
      changed: 0,
      destroyed: 0,
    });
  });

  test('a plan tells what becomes of each resource', () => {
    const lines = [
      'aws_vpc.main: Refreshing state... [id=vpc-1]',
      'Terraform will perform the following actions:',
      '  # aws_appautoscaling_target.tasks will be updated in-place',
      '  ~ resource "aws_appautoscaling_target" "tasks" {',
      '      ~ max_capacity = 4 -> 9',
      '        # (5 unchanged attributes hidden)',
      '  # aws_ecs_task_definition.app must be replaced',
      '  # aws_lb.old will be destroyed',
      '  # (because aws_lb.old is not in configuration)',
      '  # data.aws_iam_policy_document.x["a"] will be read during apply',
      'Plan: 1 to add, 1 to change, 2 to destroy.',
    ];
    expect(plannedResources(lines)).toEqual([
      'aws_appautoscaling_target.tasks will be updated in-place',
      'aws_ecs_task_definition.app must be replaced',
      'aws_lb.old will be destroyed',
      'data.aws_iam_policy_document.x["a"] will be read during apply',
    ]);
    expect(plannedResources(['No changes. Your infrastructure matches the configuration.'])).toEqual([]);
  });

  test('a held lock tells its holder', () => {
    expect(lockFrom(lockedOutput)).toEqual({
      id: '6b5b9a0e-7d5e',
      who: 'ada@laptop',
      operation: 'OperationTypeApply',
      since: '2026-01-01 10:00:00 UTC',
      places: [],
    });
    expect(lockFrom(['Error: something else'])).toBeNull();
  });

  test('a lock held in S3 tells its holder', () => {
    expect(lockFrom(lockedInS3)).toEqual({
      id: 'f00d0000-0000-0000-0000-000000000000',
      who: 'ada@laptop',
      operation: 'OperationTypeApply',
      since: '2026-01-01 10:00:00 +0000 UTC',
      places: [],
    });
  });

  test('a lock that cannot be read is held all the same', () => {
    expect(lockFrom(unreadableInS3)).toMatchObject({ id: 'unknown', who: 'unknown' });
  });

  test('a lock that cannot be taken, because there is no table, is not held', () => {
    expect(lockFrom(tableMissing)).toBeNull();
  });

  test.each([
    ['the local package for', "doesn't"],
    ['the current package for', "doesn't"],
    ['the cached package for', 'does not'],
  ])('“%s” another checksum than the lock file’s is a refused provider', (what, verb) => {
    const lines = `│ Error: Failed to install provider
│
│ Error while installing hashicorp/aws v5.100.0: ${what}
│ registry.terraform.io/hashicorp/aws 5.100.0 ${verb} match any of the
│ checksums previously recorded in the dependency lock file`.split('\n');
    expect(refusesProvider(lines)).toBe(true);
    expect(refusesProvider(['Error: Failed to install provider', '', 'no route to host'])).toBe(false);
  });

  test('an error is shown from where it begins, without its frame', () => {
    expect(errorText(['aws_vpc.a: Creating...', '╷', '│ Error: no', '│ ', '│   because', '╵'])).toBe(
      'Error: no\n\n  because',
    );
  });

  test('values that another stack does not have yet are told from other errors', () => {
    const attribute = `│ Error: Unsupported attribute
│
│   on cdk.tf.json line 9, in resource.aws_lb.a.subnets:
│    9: "\${data.terraform_remote_state.cross-stack-reference-input-network.outputs.cross-stack-output-x}"
│
│ This object does not have an attribute named "cross-stack-output-x".`.split('\n');
    const state = `│ Error: Unable to find remote state
│
│   with data.terraform_remote_state.cross-stack-reference-input-data,`.split('\n');
    expect(valuesStillMissing([...attribute, ...attribute, ...state])).toEqual(['network', 'data']);
    expect(valuesStillMissing([...attribute, '│ Error: no quota'])).toEqual([]);
    expect(valuesStillMissing(['│ Error: Unsupported attribute', '│   on cdk.tf.json line 3'])).toEqual([]);
    expect(valuesStillMissing([])).toEqual([]);
  });

  test('without an error, its last lines are shown', () => {
    expect(errorText(['one', 'two'])).toBe('one\ntwo');
  });

  test('a resource is progress once it is complete', () => {
    expect(isProgress('aws_vpc.a: Creation complete after 1s [id=x]')).toBe(true);
    expect(isProgress('aws_vpc.a: Still creating... [10s elapsed]')).toBe(false);
  });
});
