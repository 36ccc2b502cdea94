import { type StateLock, stateLockFacts } from '@tideline/config';
import type { HeldLock, StateLocks } from '../src/aws/state-locks.ts';

/** Locks of an account in memory, by the keys of the states. */
export class FakeLocks extends Map<string, HeldLock> implements StateLocks {
  /** Sees a lock only where it is asked to look. */
  holder(key: string, lock: StateLock): Promise<HeldLock | null> {
    const { inTable, inBucket } = stateLockFacts(lock);
    const held = this.get(key) ?? null;
    const seen = held?.places.some((place) => (place === 'S3' ? inBucket : inTable)) ?? false;
    return Promise.resolve(seen ? held : null);
  }
}

/** A lock that a deployment holds. */
export const heldLock = (places: readonly string[], over: Partial<HeldLock> = {}): HeldLock => ({
  id: 'f00d',
  who: 'ada@laptop',
  operation: 'OperationTypeApply',
  since: '2026-01-01T00:00:00Z',
  places,
  ...over,
});
