export const stateLocks = ['dynamodb', 's3', 'both'] as const;
/** Where Terraform’s S3 backend locks a state. */
export type StateLock = (typeof stateLocks)[number];

export interface StateLockFacts {
  /** An item of the lock table (`dynamodb_table`). */
  readonly inTable: boolean;
  /** An object beside the state (`use_lockfile`). */
  readonly inBucket: boolean;
}

const facts: Readonly<Record<StateLock, StateLockFacts>> = {
  dynamodb: { inTable: true, inBucket: false },
  s3: { inTable: false, inBucket: true },
  both: { inTable: true, inBucket: true },
};

export const stateLockFacts = (lock: StateLock): StateLockFacts => facts[lock];

/** The lock of these facts; null for a state that nothing locks. */
export const stateLockOf = (wanted: StateLockFacts): StateLock | null =>
  stateLocks.find(
    (lock) => facts[lock].inTable === wanted.inTable && facts[lock].inBucket === wanted.inBucket,
  ) ?? null;

/** Whether a run that locks in the one way keeps out a run that locks in the other: they need a place in common. */
export const excludeEachOther = (one: StateLock, other: StateLock): boolean =>
  (facts[one].inTable && facts[other].inTable) || (facts[one].inBucket && facts[other].inBucket);
