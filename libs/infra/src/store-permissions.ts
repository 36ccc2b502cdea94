import type { Statement } from './policy-document.ts';

/** What the backend does with uploaded files: nothing outside their bucket, and nothing to the bucket itself. */
export const fileStatements = (bucketArn: string): readonly Statement[] => [
  {
    Sid: 'Files',
    Effect: 'Allow',
    Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    Resource: `${bucketArn}/*`,
  },
  { Sid: 'ListFiles', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: bucketArn },
];
