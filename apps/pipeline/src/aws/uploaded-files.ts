import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { ClientSettings } from './client-settings.ts';
import { emptyBucket } from './state-store.ts';

/** The bucket of files that users have uploaded. */
export interface UploadedFiles {
  holdsAny(bucket: string): Promise<boolean>;
  /** Deletes all of them. @returns how many */
  empty(bucket: string): Promise<number>;
}

export function s3UploadedFiles(settings: ClientSettings): UploadedFiles {
  // A custom endpoint, such as an emulator’s, has no host name per bucket.
  const client = new S3Client({ ...settings, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  return {
    holdsAny: async (bucket) => {
      const { KeyCount = 0 } = await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }));
      return KeyCount > 0;
    },
    empty: (bucket) => emptyBucket(client, bucket),
  };
}
