import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
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
}

/** The locks of the environment’s Terraform state. */
export interface StateLocks {
  /** Null when the state of that key is free, or there is no lock table. */
  holder(key: string): Promise<HeldLock | null>;
}

const lockInfo = z.looseObject({
  ID: z.string(),
  Who: z.string().default('unknown'),
  Operation: z.string().default('unknown'),
  Created: z.string().default('unknown'),
});

/** Terraform of another version may write a lock that is not to be read here: it is held all the same. */
function readLock(info: string): z.output<typeof lockInfo> {
  try {
    return lockInfo.parse(JSON.parse(info));
  } catch {
    return { ID: 'unknown', Who: 'unknown', Operation: 'unknown', Created: 'unknown' };
  }
}

export function dynamoStateLocks(
  settings: ClientSettings,
  { table, bucket }: { readonly table: string; readonly bucket: string },
): StateLocks {
  const client = new DynamoDBClient(settings);
  return {
    holder: async (key) => {
      try {
        const { Item } = await client.send(
          new GetItemCommand({
            TableName: table,
            Key: { LockID: { S: `${bucket}/${key}` } },
            ConsistentRead: true,
          }),
        );
        const info = Item?.Info?.S;
        if (info === undefined || info === '') return null;
        const { ID, Who, Operation, Created } = readLock(info);
        return { id: ID, who: Who, operation: Operation, since: Created };
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return null;
        throw error;
      }
    },
  };
}
