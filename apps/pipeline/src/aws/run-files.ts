import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { ClientSettings } from './client-settings.ts';

/** Where a run’s files are: a bucket, and the folder of the run in it. */
export interface RunFolder {
  readonly bucket: string;
  /** Without a slash at its end. */
  readonly folder: string;
}

/** The files of load runs in S3. A run has a handful. */
export interface RunFiles {
  put(at: RunFolder, name: string, content: string): Promise<void>;
  /** Every file of the folder, by name. */
  read(at: RunFolder): Promise<Readonly<Record<string, string>>>;
  /** Deletes every file of the folder. */
  delete(at: RunFolder): Promise<void>;
}

export function s3RunFiles(settings: ClientSettings): RunFiles {
  // A custom endpoint, such as an emulator’s, has no host name per bucket.
  const client = new S3Client({ ...settings, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  const keys = async ({ bucket, folder }: RunFolder): Promise<readonly string[]> => {
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: `${folder}/` }),
    );
    return Contents.map(({ Key = '' }) => Key);
  };
  return {
    put: async ({ bucket, folder }, name, content) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: `${folder}/${name}`, Body: content }));
    },
    read: async (at) => {
      const files: Record<string, string> = {};
      for (const Key of await keys(at)) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: at.bucket, Key }));
        files[Key.slice(at.folder.length + 1)] = (await Body?.transformToString()) ?? '';
      }
      return files;
    },
    delete: async (at) => {
      const found = await keys(at);
      if (found.length === 0) return;
      const Delete = { Objects: found.map((Key) => ({ Key })), Quiet: true };
      const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: at.bucket, Delete }));
      const [first] = Errors;
      if (first !== undefined) throw new Error(`S3 kept ${first.Key ?? ''}: ${first.Message ?? ''}`);
    },
  };
}
