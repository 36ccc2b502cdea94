import { UsageError } from '@tideline/process';

/** A folder in S3 that a run takes its profile from, and leaves its record in: how both cross the border of a task. */
export interface Exchange {
  /** The text of a file in it. @throws UsageError TL-RUN-EXCHANGE when it cannot be read */
  read(name: string): Promise<string>;
  /** Puts files into it, one after another. @throws UsageError TL-RUN-EXCHANGE when one cannot be written */
  put(files: Readonly<Record<string, string>>): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  log: 'text/plain; charset=utf-8',
};

/** @throws UsageError TL-RUN-EXCHANGE unless the URL is `s3://bucket/folder` */
export async function openExchange(url: string): Promise<Exchange> {
  const [, Bucket, folder] = /^s3:\/\/([^/]+)\/(.*[^/])\/?$/.exec(url) ?? [];
  if (Bucket === undefined || folder === undefined)
    throw problem(`got "${url}"; allowed is s3://bucket/folder`);
  // The SDK is large: no other run has to load it.
  const { GetObjectCommand, PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    // A custom endpoint, such as an emulator’s, has no host name per bucket.
    forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 30_000 },
  });
  return {
    read: async (name) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: `${folder}/${name}` }));
        return (await Body?.transformToString()) ?? '';
      } catch (error) {
        throw problem(`cannot read ${name} in ${url} (${reasonOf(error)})`, error);
      }
    },
    put: async (files) => {
      for (const [name, Body] of Object.entries(files)) {
        const ContentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)];
        try {
          await client.send(new PutObjectCommand({ Bucket, Key: `${folder}/${name}`, Body, ContentType }));
        } catch (error) {
          throw problem(`cannot write ${name} into ${url} (${reasonOf(error)})`, error);
        }
      }
    },
  };
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

const problem = (what: string, cause?: unknown): UsageError =>
  new UsageError(
    'TL-RUN-EXCHANGE',
    `--exchange: ${what}; give a folder that the credentials may read profile.json from, and write to`,
    { cause },
  );
