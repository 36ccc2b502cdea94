import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
import { bucketNames, resourceNames, stateLockFacts } from '@tideline/config';
import { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket.ts';
import type { StackContext } from './stack-context.ts';

/** Days for which an overwritten state can be brought back. */
const olderStatesDays = 90;

/**
 * Where the state of every stack is kept, and the table that lets one deployment change it at a time, unless S3 does that.
 *
 * Where S3 locks alone there is no table: a run that still names one then fails before it starts, instead of working beside
 * a run that does not look there; and the table’s checksums, which S3 alone does not keep up to date, go with it.
 */
export class StateStore extends Construct {
  readonly bucketName: string;
  /** Null where S3 locks alone. */
  readonly lockTableName: string | null;

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
    this.bucketName = store.bucket.bucket;
    const { inTable, inBucket } = stateLockFacts(environment.state.lock);
    if (!inTable) {
      this.lockTableName = null;
      return;
    }
    const locks = new DynamodbTable(this, 'locks', {
      name: resourceNames(environment).lockTable,
      billingMode: 'PAY_PER_REQUEST',
      // The name that Terraform’s S3 backend looks for.
      hashKey: 'LockID',
      attribute: [{ name: 'LockID', type: 'S' }],
      serverSideEncryption: { enabled: true },
      pointInTimeRecovery: { enabled: true },
      // Beside a lock in S3 it may go, which the step from both to S3 does; from the table alone AWS refuses that step.
      deletionProtectionEnabled: isProtected && !inBucket,
      lifecycle: { preventDestroy: isProtected },
    });
    this.lockTableName = locks.name;
  }
}
