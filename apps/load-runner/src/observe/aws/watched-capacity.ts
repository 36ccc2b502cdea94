import type {
  CapacityUnitName,
  Observation,
  ScalingActivity,
  ServiceCounts,
  ServiceEvent,
} from '@tideline/evidence';
import type { DesiredHistory } from './scaling-activities.ts';

/** A scaling policy as AWS lists it, whichever service does the scaling. */
export interface ListedPolicy {
  readonly name: string;
  /** Null for a step policy. */
  readonly target: number | null;
  readonly alarmNames: readonly string[];
}

/** What is there now. */
export interface CapacityLook {
  readonly unit: CapacityUnitName;
  readonly counts: Pick<ServiceCounts, 'desired' | 'pending' | 'running' | 'warmed'>;
  readonly createdAt: Date | undefined;
  readonly targetGroupArns: readonly string[];
  /** A deployment or an instance refresh is under way. */
  readonly isRollingOut: boolean;
  /** Oldest first; empty where they are part of the scaling that is listed. */
  readonly events: readonly { readonly at: Date; readonly message: string }[];
}

/** What scales it, and did. */
export interface ListedScaling {
  /** Null where nothing scales it. */
  readonly capacity: Observation['capacity'] | null;
  readonly policies: readonly ListedPolicy[];
  readonly activities: ScalingActivity[];
  readonly events: readonly ServiceEvent[];
}

/** How far back scaling is listed, and how its moments are converted. */
export interface ListingScope {
  /** Nothing before this moment is asked for. */
  readonly sinceMs: number;
  /** Cloud time of a moment of AWS’s clock. */
  readonly toCloudSeconds: (at: Date) => number;
  /** What was seen of the desired count. */
  readonly desired: DesiredHistory;
}

/** Something that is scaled. */
export interface ScalingListing {
  /** @throws ObserverError when it is not there */
  listScaling(scope: ListingScope): Promise<ListedScaling>;
}

/** The capacity behind the balancer, as AWS answers for it: each kind is one. */
export interface WatchedCapacity extends ScalingListing {
  /** @throws ObserverError when it is not there */
  look(): Promise<CapacityLook>;
}
