import type { Hono } from 'hono';
import type { ServiceScheduler } from '../service/service-scheduler.ts';
import type { Task, TaskHost } from '../tasks/task.ts';
import { ControlProblem } from './control-problem.ts';
import { body, rolloutBody, type RouteDescription, unknownId } from './route.ts';

/** What the control API says of a task. */
export interface TaskDescription {
  readonly id: string;
  readonly state: string;
  /** Null while the task waits for a place. */
  readonly availabilityZone: string | null;
  /** Null where no instance of ours is its host, and while it waits for one. */
  readonly host: TaskHost | null;
  readonly version: string;
  readonly revision: number;
  /** Why it was asked to stop, or ended; null until then. */
  readonly stoppedReason: string | null;
  /** Health of its target, or why it has none. */
  readonly health: string;
  readonly createdAtSeconds: number;
}

/** The balancer, as far as it tells how its targets are. */
export interface TargetStates {
  targets(): readonly {
    readonly id: string;
    readonly state: string;
    readonly requestsInFlight?: number;
  }[];
}

/** Health of each target by its id. */
export const targetHealth = (targets: TargetStates): ReadonlyMap<string, string> =>
  new Map(targets.targets().map(({ id, state }) => [id, state]));

export function describeTasks(
  service: Pick<ServiceScheduler, 'tasks'>,
  targets: TargetStates,
): TaskDescription[] {
  const health = targetHealth(targets);
  return service.tasks().map((task) => ({
    id: task.id,
    state: task.state,
    availabilityZone: task.availabilityZone,
    host: task.host,
    version: task.definition.version,
    revision: task.definition.revision,
    stoppedReason: task.stoppedReason ?? null,
    health: health.get(task.id) ?? 'not registered',
    createdAtSeconds: task.createdAtSeconds,
  }));
}

/** What can be seen of and done to tasks. */
export const taskRoutes: readonly RouteDescription[] = [
  ['GET', '/tasks', 'tasks with state, zone, version and target health'],
  ['DELETE', '/tasks/:id', 'kill a task (SIGKILL)'],
  ['POST', '/tasks/:id/freeze', 'make a task hang (SIGSTOP), so that it fails its health check'],
];

/** What can be seen of and done to a service. */
export const serviceRoutes: readonly RouteDescription[] = [
  ...taskRoutes,
  ['GET', '/deployments', 'deployments since the start'],
  ['POST', '/deployments', 'deploy {"version", "variables"?}: a rolling deployment'],
];

/** A fleet of tasks. */
export type TaskFleet = Pick<ServiceScheduler, 'task' | 'tasks'>;

export function addServiceRoutes(app: Hono, service: ServiceScheduler, targets: TargetStates): void {
  addTaskRoutes(app, service, targets);
  app.get('/deployments', (context) => context.json(service.deployments.all()));
  app.post('/deployments', async (context) => {
    service.deploy(await body(context, rolloutBody));
    return context.json(service.deployments.primary, 202);
  });
}

export function addTaskRoutes(app: Hono, service: TaskFleet, targets: TargetStates): void {
  app.get('/tasks', (context) => context.json(describeTasks(service, targets)));
  app.delete('/tasks/:id', (context) => {
    startedTask(service, context.req.param('id')).kill();
    return context.body(null, 204);
  });
  app.post('/tasks/:id/freeze', (context) => {
    startedTask(service, context.req.param('id')).freeze();
    return context.body(null, 204);
  });
}

function startedTask(service: TaskFleet, id: string): Task {
  const task = service.task(id);
  if (task?.process !== undefined) return task;
  if (task !== undefined)
    throw new ControlProblem(409, `task "${id}" is ${task.state} and has no process yet; try again later`);
  throw unknownId('task', id, service.tasks());
}
