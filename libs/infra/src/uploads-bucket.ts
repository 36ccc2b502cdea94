import { type Environment, bucketNames } from '@tideline/config';
import { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket.ts';
import type { StackContext } from './stack-context.ts';
import type { Stores } from './stores.ts';

/**
 * Where uploaded files live. It keeps one version of each, since a file that its owner deletes has to be gone; files that
 * nobody deletes move to a colder class and are deleted in the end: those of a session that ran out are nobody’s.
 */
export class UploadsBucket extends Construct {
  readonly files: NonNullable<Stores['files']>;

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
