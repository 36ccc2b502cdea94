import { type Environment, bucketNames } from '@tideline/config';
import { Construct } from 'constructs';
import { PrivateBucket } from '../ground/private-bucket.ts';
import type { StackContext } from '../ground/stack-context.ts';
import type { StoreReferences } from './store-references.ts';

/**
 * Where uploaded files live. It keeps one version of each, since a file that its owner deletes has to be gone; files that
 * nobody deletes move to a colder class and are deleted in the end: those of a session that ran out are nobody’s.
 */
export class UploadsBucket extends Construct {
  readonly files: NonNullable<StoreReferences['files']>;

  constructor(
    scope: Construct,
    id: string,
    { environment, accountId }: Pick<StackContext, 'accountId'> & { readonly environment: Environment },
  ) {
    super(scope, id);
    const { bucket } = new PrivateBucket(this, 'uploads', {
      name: bucketNames(environment, accountId).uploads,
      isProtected: false,
      keepsContents: environment.protection.files,
      olderVersionsDays: null,
      expirationDays: environment.files.expireAfterDays,
      coldAfterDays: environment.files.coldAfterDays,
      statements: () => [],
    });
    this.files = { bucketName: bucket.bucket, bucketArn: bucket.arn };
  }
}
