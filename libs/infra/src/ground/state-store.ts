import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
import { bucketNames, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket.ts';
import type { StackContext } from './stack-context.ts';

/** Days for which an overwritten state can be brought back. */
const olderStatesDays = 90;

/** Where the state of every stack is kept, and the table that lets one deployment change it at a time. */
export class StateStore extends Construct {
  readonly bucketName: string;
  readonly lockTableName: string;

  constructor(scope: Construct, id: string, { environment, accountId }: StackContext) {
    super(scope, id);
    const isProtected = environment.protection.state;
    const store = new PrivateBucket(this, 'store', {
      name: bucketNames(environment, accountId).state,
      isProtected,
      olderVersionsDays: olderStatesDays,
      expirationDays: null,
      statements: () => [],
    });
    const locks = new DynamodbTable(this, 'locks', {
      name: resourceNames(environment).lockTable,
      billingMode: 'PAY_PER_REQUEST',
      // The name that Terraform’s S3 backend looks for.
      hashKey: 'LockID',
      attribute: [{ name: 'LockID', type: 'S' }],
      serverSideEncryption: { enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: isProtected,
      lifecycle: { preventDestroy: isProtected },
    });
    this.bucketName = store.bucket.bucket;
    this.lockTableName = locks.name;
  }
}
