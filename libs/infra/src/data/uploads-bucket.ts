import { type Environment, bucketNames } from '@tideline/config';
import { Construct } from 'constructs';
import type { Statement } from '../ground/policy-document.ts';
import { PrivateBucket } from '../ground/private-bucket.ts';
import type { StackContext } from '../ground/stack-context.ts';
import type { StoreReferences } from './store-references.ts';

/**
 * Where uploaded files live. It keeps one version of each, since a file that its owner deletes has to be gone; files that
 * nobody deletes move to a colder class and, unless they are to be kept, are deleted in the end: those of a session that ran
 * out are nobody’s.
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
      cold: {
        afterDays: environment.files.coldAfterDays,
        storageClass: environment.files.coldStorageClass,
      },
      statements: () => [],
    });
    this.files = { bucketName: bucket.bucket, bucketArn: bucket.arn };
  }
}

/** What the backend puts before the names of its objects. */
const objectPrefix = 'files/';

/** What the backend does with uploaded files: nothing outside their part of the bucket, and nothing to the bucket itself. */
export const fileStatements = (bucketArn: string): readonly Statement[] => [
  {
    Sid: 'Files',
    Effect: 'Allow',
    Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    Resource: `${bucketArn}/${objectPrefix}*`,
  },
  // Without it S3 answers 403 instead of 404 for an object that is not there.
  { Sid: 'FindFiles', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: bucketArn },
];
