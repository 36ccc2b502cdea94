import type { Environment } from '@tideline/config';
import type { ServiceCounts, ServiceEvent } from '@tideline/evidence';
import type { WarmupCounts } from '@tideline/scaling';
import type { Clock } from '../clock/clock.ts';
import type { ManagedInstances } from '../ec2-service/capacity-provider-group.ts';
import type { TargetRegistry } from '../tasks/task.ts';
import type { TaskProcess, TaskRuntime } from '../tasks/task-runtime.ts';
import type { EventLog } from './event-log.ts';

/** A target as a fleet reads it from the target group. */
export interface TargetHealthDescription {
  readonly id: string;
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';
  readonly reason?: string | undefined;
}

/** A task or instance whose CPU and memory count. */
export interface MeasuredUnit {
  readonly id: string;
  readonly process: TaskProcess | undefined;
  /** It has ended: what it reads no longer counts. */
  readonly isGone: boolean;
}

/** The capacity behind the balancer, as the twin around it needs it: each compute flavour is one. */
export interface Fleet {
  /** What one unit of capacity is called. */
  readonly unit: 'task' | 'instance';
  readonly desired: number;
  setDesired(desired: number): void;
  /** A scheduled action has moved the maximum; only a warm pool asks for it. */
  setMaximum?(max: number): void;
  counts(): ServiceCounts;
  /** Null where capacity counts as soon as it runs. */
  warmup(): WarmupCounts | null;
  /** A deployment or an instance refresh is under way. */
  readonly isRollingOut: boolean;
  /** Scaling in is refused now. */
  readonly isScaleInHeld: boolean;
  /** Units whose utilisation counts now. */
  measured(): readonly MeasuredUnit[];
  /** Metric keys that their utilisation is published under; AWS has no memory metric of instances. */
  readonly utilisationKeys: { readonly cpu: string; readonly memory: string | null };
  /** Takes a zone away, with everything that runs in it, as a power failure would. */
  loseZone(zone: string): void;
  restoreZone(zone: string): void;
  /** To be called whenever a target’s health may have changed. */
  healthChanged(): void;
  /** Starts and stops nothing any more. */
  close(): void;
}

/** What every flavour is built from. */
export interface FleetParts {
  readonly environment: Environment;
  readonly clock: Clock;
  /** Names of the Availability Zones to spread over. */
  readonly zones: readonly string[];
  readonly runtime: TaskRuntime;
  readonly targets: TargetRegistry & { targets(): readonly TargetHealthDescription[] };
  readonly onEvent: (event: ServiceEvent) => void;
  /** Called whenever everything desired runs and is healthy, and nothing else is left. */
  readonly onSteady: () => void;
  /** Called when starts keep failing, and nothing is left to return to. */
  readonly onStalled: (reason: string) => void;
  /** The unit’s figures count from now on. */
  readonly onMeasured: (unit: MeasuredUnit) => void;
  /** The unit’s figures count no longer: it drains, returns to a pool or stops. Also called for one whose figures never counted. */
  readonly onLeft: (unit: MeasuredUnit) => void;
  /** The unit is gone. */
  readonly onEnded: (id: string) => void;
}

/** A fleet and what it says of itself. */
export interface BuiltFleet<Kind extends Fleet> {
  readonly fleet: Kind;
  readonly events: EventLog;
  /** Where tasks run on instances of their own capacity provider. */
  readonly managedInstances?: ManagedInstances;
}
