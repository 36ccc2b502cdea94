import type { Environment, LoadProfile } from '@tideline/config';
import type { MeasuredModels, Remark, UnitCapacity } from '@tideline/evidence';
import type { DataRow } from '../load/requests/request-source.ts';
import type { ScalingObserver } from '../observe/scaling-observer.ts';

/** One run, with everything decided: what to load, what to watch, what to expect. */
export interface RunSettings {
  readonly target: URL;
  readonly profile: LoadProfile;
  /** The profile’s request data; empty without. */
  readonly rows: readonly DataRow[];
  /** What a reader of the record must know of where the profile comes from. */
  readonly profileRemarks: readonly Remark[];
  /** The observed environment’s description; null when the user gave none. */
  readonly environment: Environment | null;
  readonly observer: ScalingObserver;
  /** Speed of cloud time once the load is over; null leaves it. */
  readonly idleSpeed: number | null;
  /** What an earlier run measured, for the prediction of the peak; null takes the simulator’s own models. */
  readonly calibration: MeasuredModels | null;
  /** What one task or instance carries; null takes a policy’s target for it. */
  readonly capacity: UnitCapacity | null;
  /** Peak task count that the user expects; null predicts it from the environment. */
  readonly expectedPeak: number | null;
  /** Folder that run folders are made in. */
  readonly outDir: string;
}

/** A profile that asks for no rate in some stage: then no rate can be held against the whole. */
export const isClosedLoop = (profile: LoadProfile): boolean =>
  profile.stages.some(({ users, requestsPerSecond }) => users > 0 && requestsPerSecond === null);
