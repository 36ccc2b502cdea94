import { taskToStop, zoneForNewTask, zoneImbalance, type Placed } from '../fleet/placement.ts';
import { type CountedTask, isHeld, serves } from './counted-task.ts';

export interface TaskMovesInput {
  readonly desired: number;
  /** Active tasks: those not asked to stop. */
  readonly tasks: readonly CountedTask[];
  /** Zones that take new tasks; null where the place of a task is found later. */
  readonly zones: readonly (string | null)[];
  readonly fewestHealthy: number;
  readonly mostActive: number;
  readonly rebalancing: boolean;
}

/** What to do next: zones to start a task in, and tasks to stop. */
export interface TaskMoves {
  readonly start: readonly { readonly availabilityZone: string | null; readonly extra: boolean }[];
  readonly stop: readonly { readonly id: string; readonly why: 'unhealthy' | 'scaling' }[];
}

/**
 * The next moves that bring the service nearer to `desired` healthy tasks of the present definition, never above
 * `mostActive` active tasks and never by stopping below `fewestHealthy` healthy ones (Amazon ECS guide, rolling update).
 * Tasks that are protected stay, those of an older definition too: a deployment waits for them, and new tasks start as far as
 * `mostActive` allows (Amazon ECS guide, task scale-in protection).
 */
export function nextTaskMoves(input: TaskMovesInput): TaskMoves {
  const keepers = keepersOf(input);
  const start = startMissing(input, keepers);
  const old = stopOld(input);
  const surplus = stopSurplus(keepers, input.desired, spareOf(input) - old.filter(serves).length);
  const stop = [
    ...old.map((task) => ({ id: task.id, why: 'scaling' as const })),
    ...stopCondemned(input, keepers).map((task) => ({ id: task.id, why: 'unhealthy' as const })),
    ...surplus.map((task) => ({ id: task.id, why: 'scaling' as const })),
  ];
  const settled = start.length === 0 && stop.length === 0 && input.tasks.length === input.desired;
  return settled && input.rebalancing ? { start: rebalance(input, keepers), stop } : { start, stop };
}

/** Ids of the tasks that keep the service from what it wants because they are protected. */
export function heldTasks(input: Pick<TaskMovesInput, 'desired' | 'tasks'>): readonly string[] {
  const keepers = keepersOf(input);
  const old = input.tasks.filter((task) => !task.current && isHeld(task));
  const kept = keepers.filter(isHeld);
  return [...old, ...(kept.length > input.desired ? kept : [])].map(({ id }) => id);
}

/** What counts towards desired: an extra task does as soon as it is healthy. */
const keepersOf = ({ tasks }: Pick<TaskMovesInput, 'tasks'>): readonly CountedTask[] =>
  tasks.filter((task) => task.current && !task.condemned && (task.healthy || !task.extra));

/** How many tasks that serve may stop. */
const spareOf = ({ tasks, fewestHealthy }: TaskMovesInput): number =>
  Math.max(0, tasks.filter(serves).length - fewestHealthy);

function startMissing(input: TaskMovesInput, keepers: readonly CountedTask[]): TaskMoves['start'] {
  const missing = input.desired - keepers.length;
  const room = Math.max(input.mostActive, input.desired) - input.tasks.length;
  const count = input.zones.length === 0 ? 0 : Math.max(0, Math.min(missing, room));
  const placed: Placed[] = [...keepers];
  return Array.from({ length: count }, () => {
    const availabilityZone = zoneForNewTask(input.zones, placed);
    placed.push({ availabilityZone, createdAtSeconds: Number.MAX_SAFE_INTEGER });
    return { availabilityZone, extra: false };
  });
}

/** Tasks of an older definition: those that serve nobody at once, healthy ones as far as `fewestHealthy` allows. */
function stopOld(input: TaskMovesInput): readonly CountedTask[] {
  const old = input.tasks.filter((task) => !task.current);
  const free = old.filter((task) => !isHeld(task));
  return [...free.filter((task) => !serves(task)), ...free.filter(serves).slice(0, spareOf(input))];
}

/** An unhealthy task waits for its replacement where there is room to start one beside it; else it goes first. */
function stopCondemned(input: TaskMovesInput, keepers: readonly CountedTask[]): readonly CountedTask[] {
  const condemned = input.tasks.filter((task) => task.current && task.condemned);
  const replaced = keepers.filter((task) => task.healthy).length + condemned.length - input.desired;
  const noRoom =
    input.zones.length > 0 && input.tasks.length >= input.mostActive && keepers.length < input.desired;
  return condemned.slice(0, Math.max(0, replaced, noRoom ? 1 : 0));
}

/**
 * Tasks beyond desired that may go: those not yet healthy first, then so that the zones stay even, at most `spare` of those that
 * serve. Where a task that is protected does not serve yet, the others wait for it.
 */
function stopSurplus(
  keepers: readonly CountedTask[],
  desired: number,
  spare: number,
): readonly CountedTask[] {
  const left = [...keepers];
  const stopped: CountedTask[] = [];
  while (left.length > desired) {
    const free = left.filter((task) => !isHeld(task));
    const unhealthy = free.filter((task) => !task.healthy);
    const healthy = stopped.filter(serves).length < spare ? free : [];
    const next = taskToStop(unhealthy.length > 0 ? unhealthy : healthy, left);
    if (next === undefined) break;
    left.splice(left.indexOf(next), 1);
    stopped.push(next);
  }
  return stopped;
}

/** Starts one task in the emptiest zone when all is well but uneven; the fullest zone gives one up once it is healthy. */
function rebalance(input: TaskMovesInput, keepers: readonly CountedTask[]): TaskMoves['start'] {
  const allWell = keepers.length === input.desired && keepers.every((task) => task.healthy);
  if (!allWell || input.mostActive <= input.desired || zoneImbalance(input.zones, keepers) < 2) return [];
  // Nothing is gained where the fullest zone keeps what it has.
  const fullest = taskToStop(keepers, keepers)?.availabilityZone;
  if (!keepers.some((task) => task.availabilityZone === fullest && !isHeld(task))) return [];
  return [{ availabilityZone: zoneForNewTask(input.zones, keepers), extra: true }];
}
