import { zoneForNewTask, zoneImbalance, type Placed } from '../fleet/placement.ts';
import type { RefreshBounds } from './instance-refresh.ts';
import { instanceToTerminate, type Terminable } from './termination-policy.ts';

/** An instance as the next moves count it. */
export interface CountedInstance extends Terminable {
  readonly id: string;
  /** Of the launch template version that the group wants. */
  readonly isCurrent: boolean;
  /** Its warm-up is over. */
  readonly isWarm: boolean;
  /** Protected from scale-in: only a refresh, a failed health check or a user ends it. */
  readonly isProtected: boolean;
  /** Launched on top of desired to even out the zones: counts once it is healthy. */
  readonly isExtra: boolean;
}

export interface InstanceMovesInput {
  readonly desired: number;
  /** Active instances: Pending and InService ones that nobody has asked to terminate. */
  readonly instances: readonly CountedInstance[];
  /** Zones that take new instances. */
  readonly zones: readonly string[];
  /** Bounds of the instance refresh under way, or of its rollback; null when there is none. */
  readonly refresh: RefreshBounds | null;
}

export type LaunchCause = 'capacity' | 'rebalancing' | 'refresh';
export type TerminationCause = 'capacity' | 'rebalancing' | 'refresh';

/** What to do next. */
export interface InstanceMoves {
  readonly launch: readonly { readonly availabilityZone: string; readonly why: LaunchCause }[];
  readonly terminate: readonly { readonly id: string; readonly why: TerminationCause }[];
}

/**
 * One step towards the desired capacity, evenly spread. Zones are evened out by launching before terminating
 * (EC2 Auto Scaling guide, rebalancing activities). An instance refresh replaces the instances of another launch template
 * version: as many at a time as its bounds allow, each once its replacement is healthy and warm. An instance that it keeps
 * because it is protected has no replacement beside it meanwhile.
 */
export function nextInstanceMoves(input: InstanceMovesInput): InstanceMoves {
  return input.refresh === null ? holdCapacity(input) : replace(input, input.refresh);
}

function holdCapacity({ desired, instances, zones }: InstanceMovesInput): InstanceMoves {
  const keepers = instances.filter(({ isExtra, isHealthy }) => isHealthy || !isExtra);
  const launch = spread(desired - keepers.length, zones, instances).map((availabilityZone) => ({
    availabilityZone,
    why: 'capacity' as const,
  }));
  const why = keepers.some(({ isExtra }) => isExtra) ? 'rebalancing' : 'capacity';
  const terminate = surplus(keepers, desired, isUnprotected).map(({ id }) => ({ id, why }) as const);
  const settled = launch.length === 0 && terminate.length === 0 && instances.length === desired;
  if (!settled || !instances.every(({ isHealthy }) => isHealthy) || zoneImbalance(zones, instances) < 2)
    return { launch, terminate };
  // Nothing is gained where the fullest zone keeps what it has.
  if (
    instanceToTerminate(instances)?.availabilityZone !==
    instanceToTerminate(instances, isUnprotected)?.availabilityZone
  )
    return { launch, terminate };
  return {
    launch: [{ availabilityZone: zoneForNewTask(zones, instances), why: 'rebalancing' }],
    terminate,
  };
}

function replace({ desired, instances, zones }: InstanceMovesInput, bounds: RefreshBounds): InstanceMoves {
  const current = instances.filter(({ isCurrent }) => isCurrent);
  const others = instances.filter(({ isCurrent }) => !isCurrent);
  const kept = others.filter(({ isProtected }) => isProtected && bounds.keepsProtected);
  const old = others.filter((instance) => !kept.includes(instance));
  const serving = old.filter(({ isHealthy }) => isHealthy);
  const ready = [
    ...current.filter(({ isHealthy, isWarm }) => isHealthy && isWarm),
    ...kept.filter(({ isHealthy }) => isHealthy),
  ];
  const spare = Math.max(0, serving.length + ready.length - bounds.fewestHealthy);
  const idle = old.filter(({ isHealthy }) => !isHealthy);
  const given = surplus(serving, Math.max(0, serving.length - spare));
  const room = Math.max(bounds.mostActive, desired) - instances.length;
  const missing = Math.min(desired - current.length - kept.length, room);
  return {
    launch: spread(missing, zones, instances).map((availabilityZone) => ({
      availabilityZone,
      why: instances.length < desired ? ('capacity' as const) : ('refresh' as const),
    })),
    terminate: [
      ...[...idle, ...given].map(({ id }) => ({ id, why: 'refresh' as const })),
      ...surplus(current, desired, isUnprotected).map(({ id }) => ({ id, why: 'capacity' as const })),
    ],
  };
}

/** Zones for so many new instances, each the emptiest at its turn. */
function spread(count: number, zones: readonly string[], instances: readonly Placed[]): readonly string[] {
  if (zones.length === 0) return [];
  const placed: Placed[] = [...instances];
  return Array.from({ length: Math.max(0, count) }, () => {
    const availabilityZone = zoneForNewTask(zones, placed);
    placed.push({ availabilityZone, createdAtSeconds: Number.MAX_SAFE_INTEGER });
    return availabilityZone;
  });
}

const isUnprotected = ({ isProtected }: CountedInstance): boolean => !isProtected;

/**
 * The instances beyond so many, by the termination policy: of the fullest zone that has one that may go (EC2 Auto Scaling
 * guide, default termination policy).
 */
function surplus<T extends Terminable>(
  instances: readonly T[],
  kept: number,
  mayGo: (instance: T) => boolean = () => true,
): readonly T[] {
  const left = [...instances];
  const given: T[] = [];
  while (left.length > kept) {
    const next = instanceToTerminate(left, mayGo);
    if (next === undefined) break;
    left.splice(left.indexOf(next), 1);
    given.push(next);
  }
  return given;
}
