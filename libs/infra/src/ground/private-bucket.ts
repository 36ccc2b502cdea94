import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { Construct } from 'constructs';
import { type Statement, policyDocument } from './policy-document.ts';

export interface PrivateBucketProps {
  readonly name: string;
  /** Refuses to destroy the bucket, and to delete it with contents. */
  readonly isProtected: boolean;
  /** Refuses to delete the bucket while it holds anything; an empty one may go. @default as `isProtected` */
  readonly keepsContents?: boolean;
  /** Keeps every version of an object; older ones for this many days. Null keeps the last one only. */
  readonly olderVersionsDays: number | null;
  /** Days after which objects are deleted. Null keeps them. */
  readonly expirationDays: number | null;
  /** Days after which objects move to a colder storage class, and which. @default they stay */
  readonly cold?: { readonly afterDays: number; readonly storageClass: string };
  /** Allowed beyond what IAM allows, given the bucket’s ARN. */
  readonly statements: (bucketArn: string) => readonly Statement[];
}

/** A bucket that only its own account reaches, over TLS alone, with everything in it encrypted. */
export class PrivateBucket extends Construct {
  readonly bucket: S3Bucket;
  /** What writers have to wait for: until then their writes are refused. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: props.name,
      forceDestroy: !(props.keepsContents ?? props.isProtected),
      lifecycle: { preventDestroy: props.isProtected },
    });
    const bucket = this.bucket.id;
    const ownership = new S3BucketOwnershipControls(this, 'ownership', {
      bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    const access = new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    this.#keep(props);
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyDocument([tlsOnly(this.bucket.arn), ...props.statements(this.bucket.arn)]),
      // S3 refuses changes of a bucket that are made at the same time.
      dependsOn: [ownership, access],
    });
  }

  #keep({ olderVersionsDays, expirationDays, cold }: PrivateBucketProps): void {
    if (olderVersionsDays !== null)
      new S3BucketVersioningA(this, 'versioning', {
        bucket: this.bucket.id,
        versioningConfiguration: { status: 'Enabled' },
      });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.bucket.id,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          ...(olderVersionsDays === null
            ? {}
            : { noncurrentVersionExpiration: [{ noncurrentDays: olderVersionsDays }] }),
          ...(expirationDays === null ? {} : { expiration: [{ days: expirationDays }] }),
          ...(cold === undefined
            ? {}
            : { transition: [{ days: cold.afterDays, storageClass: cold.storageClass }] }),
        },
      ],
    });
  }
}

const tlsOnly = (bucketArn: string): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucketArn, `${bucketArn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
