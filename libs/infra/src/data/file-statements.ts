import type { Statement } from '../ground/policy-document.ts';

/** What the backend puts before the names of its objects. */
const prefix = 'files/';

/** What the backend does with uploaded files: nothing outside their part of the bucket, and nothing to the bucket itself. */
export const fileStatements = (bucketArn: string): readonly Statement[] => [
  {
    Sid: 'Files',
    Effect: 'Allow',
    Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    Resource: `${bucketArn}/${prefix}*`,
  },
  // Without it S3 answers 403 instead of 404 for an object that is not there.
  { Sid: 'FindFiles', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: bucketArn },
];
