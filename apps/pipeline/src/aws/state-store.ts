import {
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import { PipelineError } from '../pipeline-error.ts';
import type { ClientSettings } from './client-settings.ts';

/** What the state of a stack says: that it exists, how much it holds, and its outputs. */
export interface StackState {
  /** Resources that Terraform manages there; data sources do not count. */
  readonly resources: number;
  /** The same one by one, each instance with its type and what Terraform knows of it. */
  readonly managed: readonly ManagedResource[];
  /** As `terraform output -json` prints them. */
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface ManagedResource {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The bucket of the environment’s Terraform state. */
export interface StateStore {
  exists(): Promise<boolean>;
  /** Null when the key holds no state. */
  stack(key: string): Promise<StackState | null>;
  /** A small JSON document that is kept beside the states; null when there is none. */
  read(key: string): Promise<unknown>;
  write(key: string, document: unknown): Promise<void>;
  /** Deletes every version of every object. @returns how many */
  empty(): Promise<number>;
}

/** The part of Terraform’s state (format 4, since 0.12) that is read here. */
const stateSchema = z.looseObject({
  version: z.literal(4),
  outputs: z.record(z.string(), z.looseObject({ value: z.unknown() })).default({}),
  resources: z
    .array(
      z.looseObject({
        mode: z.string(),
        type: z.string(),
        instances: z
          .array(z.looseObject({ attributes: z.record(z.string(), z.unknown()).default({}) }))
          .default([]),
      }),
    )
    .default([]),
});

/** Reads a state, wherever it is kept. */
export function parseStackState(document: unknown): StackState {
  const { outputs, resources } = stateSchema.parse(document);
  const managed = resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, instances }) => instances.map(({ attributes }) => ({ type, attributes })));
  return { outputs, managed, resources: managed.length };
}

export function s3StateStore(settings: ClientSettings, bucket: string): StateStore {
  // A custom endpoint, such as an emulator’s, has no host name per bucket.
  const client = new S3Client({ ...settings, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  const read = async (key: string): Promise<unknown> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const text = (await Body?.transformToString()) ?? 'null';
      return inBucket({ bucket, key }, () => JSON.parse(text) as unknown);
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  };
  return {
    exists: async () => {
      try {
        await client.send(new HeadBucketCommand({ Bucket: bucket }));
        return true;
      } catch (error) {
        if (isAbsent(error)) return false;
        throw error;
      }
    },
    stack: async (key) => {
      const document = await read(key);
      return document === null ? null : inBucket({ bucket, key }, () => parseStackState(document));
    },
    read,
    write: async (key, document) => {
      const Body = `${JSON.stringify(document, null, 2)}\n`;
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType: 'application/json' }),
      );
    },
    empty: () => emptyBucket(client, bucket),
  };
}

/** @throws PipelineError TL-PIPE-STATE when an object of the bucket cannot be read as what it should be */
function inBucket<Value>(
  { bucket, key }: { readonly bucket: string; readonly key: string },
  read: () => Value,
): Value {
  try {
    return read();
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : String(error);
    const versions = `aws s3api list-object-versions --bucket ${bucket} --prefix ${key}`;
    throw new PipelineError(
      'TL-PIPE-STATE',
      `s3://${bucket}/${key} is damaged: ${why}. The bucket keeps older versions: find a good one (${versions}), and copy it over the object (docs/troubleshooting.md)`,
      { cause: error },
    );
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && ['NotFound', 'NoSuchBucket', 'NoSuchKey'].includes(error.name);

/** Deletes every version of every object. @returns how many */
export async function emptyBucket(client: S3Client, bucket: string): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket }),
    );
    const objects = [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId }) => ({ Key, VersionId }));
    if (objects.length === 0) return deleted;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first !== undefined) throw new Error(`S3 kept ${first.Key ?? ''}: ${first.Message ?? ''}`);
    deleted += objects.length;
  }
}
