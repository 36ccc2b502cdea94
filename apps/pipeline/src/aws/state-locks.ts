import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type StateLock, stateLockFacts, stateLockKey } from '@tideline/config';
import * as z from 'zod';
import { unlessAbsent } from './aws-problem.ts';
import type { ClientSettings } from './client-settings.ts';

/** A lock on a stack’s state, as Terraform wrote it. */
export interface HeldLock {
  readonly id: string;
  /** `user@machine` that took it. */
  readonly who: string;
  /** Such as `OperationTypeApply`. */
  readonly operation: string;
  /** ISO 8601. */
  readonly since: string;
  /** Where it is held, such as `S3` and `DynamoDB`; none where that is not known. */
  readonly places: readonly string[];
}

/** The locks of the environment’s Terraform state. */
export interface StateLocks {
  /**
   * Looks in the places where `lock` locks, in Terraform’s order. Locks that two runs left, one in each place, are named one
   * after the other. Null when the state of that key is free, and where there is no lock table.
   */
  holder(key: string, lock: StateLock): Promise<HeldLock | null>;
}

type LockInfo = Omit<HeldLock, 'places'>;

/** Terraform of another version may write a lock that is not to be read here: it is held all the same. */
export const unreadable = 'unknown';

/** No object, bucket or table: then no lock. */
const absent = ['NoSuchKey', 'NoSuchBucket', 'ResourceNotFoundException'];

const lockInfo = z
  .looseObject({
    ID: z.string(),
    Who: z.string().default(unreadable),
    Operation: z.string().default(unreadable),
    Created: z.string().default(unreadable),
  })
  .transform(({ ID, Who, Operation, Created }) => ({
    id: ID,
    who: Who,
    operation: Operation,
    since: Created,
  }));

function readLock(info: string): LockInfo {
  try {
    return lockInfo.parse(JSON.parse(info));
  } catch {
    return { id: unreadable, who: unreadable, operation: unreadable, since: unreadable };
  }
}

export function awsStateLocks(
  settings: ClientSettings,
  { table, bucket }: { readonly table: string; readonly bucket: string },
): StateLocks {
  const dynamo = new DynamoDBClient(settings);
  // A custom endpoint, such as an emulator’s, has no host name per bucket.
  const s3 = new S3Client({ ...settings, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  const inTable = (key: string) =>
    unlessAbsent(absent, async () => {
      const { Item } = await dynamo.send(
        new GetItemCommand({
          TableName: table,
          Key: { LockID: { S: `${bucket}/${key}` } },
          ConsistentRead: true,
        }),
      );
      const info = Item?.Info?.S;
      return info === undefined || info === '' ? null : readLock(info);
    });
  const inBucket = (key: string) =>
    unlessAbsent(absent, async () => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: stateLockKey(key) }));
      return readLock((await Body?.transformToString()) ?? '');
    });
  return {
    holder: async (key, lock) => {
      const facts = stateLockFacts(lock);
      const found = [
        ...(facts.inBucket ? [{ place: 'S3', held: await inBucket(key) }] : []),
        ...(facts.inTable ? [{ place: 'DynamoDB', held: await inTable(key) }] : []),
      ];
      const first = found.find(({ held }) => held !== null)?.held ?? null;
      if (first === null) return null;
      const places = found.filter(({ held }) => held?.id === first.id).map(({ place }) => place);
      return { ...first, places };
    },
  };
}
