import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { type ProtectingService, changeProtection } from '../agent/task-protection.ts';
import type { ServiceScheduler } from '../service/service-scheduler.ts';
import type { Task } from '../tasks/task.ts';
import { ControlProblem } from './control-problem.ts';
import { body, rolloutBody, type RouteDescription, unknownId } from './route.ts';

/** The balancer, as far as it knows the state of its targets. */
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

/** What the control API says of each task. */
export function describeTasks(service: Pick<ServiceScheduler, 'tasks'>, targets: TargetStates) {
  const health = targetHealth(targets);
  return service.tasks().map((task) => ({
    id: task.id,
    state: task.state,
    /** Null while the task waits for a place. */
    availabilityZone: task.availabilityZone,
    /** Null where no instance of ours is its host, and while it waits for one. */
    host: task.host,
    version: task.definition.version,
    revision: task.definition.revision,
    /** Why it was asked to stop, or ended; null until then. */
    stoppedReason: task.stoppedReason ?? null,
    /** Health of its target, or why it has none. */
    health: health.get(task.id) ?? 'not registered',
    createdAtSeconds: task.createdAtSeconds,
    /** Cloud time at which its protection from scale-in expires; null while it has none. */
    protectedUntilSeconds: task.protectedUntilSeconds,
  }));
}
export type TaskDescription = ReturnType<typeof describeTasks>[number];

/** As UpdateTaskProtection of the ECS API takes it. */
const protectionBody = z.strictObject({
  protectionEnabled: z.boolean(),
  expiresInMinutes: z.int().optional(),
});

/** What can be seen of and done to tasks. */
export const taskRoutes: readonly RouteDescription[] = [
  ['GET', '/tasks', 'tasks with state, zone, version and target health'],
  ['DELETE', '/tasks/:id', 'kill a task (SIGKILL)'],
  ['POST', '/tasks/:id/freeze', 'make a task hang (SIGSTOP), so that it fails its health check'],
  [
    'PUT',
    '/tasks/:id/protection',
    'protect a task from scale-in, or take it off: {"protectionEnabled", "expiresInMinutes"?}',
  ],
];

/** What can be seen of and done to a service. */
export const serviceRoutes: readonly RouteDescription[] = [
  ...taskRoutes,
  ['GET', '/deployments', 'deployments since the start'],
  ['POST', '/deployments', 'deploy {"version", "variables"?}: a rolling deployment'],
];

/** A fleet of tasks. */
export type TaskFleet = ProtectingService;

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
  app.put('/tasks/:id/protection', async (context) => context.json(await protectTask(context, service)));
}

async function protectTask(
  context: Context,
  service: TaskFleet,
): Promise<Pick<Task, 'protectedUntilSeconds'>> {
  const { protectionEnabled: enabled, expiresInMinutes = null } = await body(context, protectionBody);
  const id = context.req.param('id') ?? '';
  const task = service.task(id);
  if (task === undefined) throw unknownId('task', id, service.tasks());
  const outcome = changeProtection(task, { enabled, expiresInMinutes }, service);
  switch (outcome.kind) {
    case 'done':
      return { protectedUntilSeconds: task.protectedUntilSeconds };
    case 'failure':
      throw new ControlProblem(409, `ECS refuses it: ${outcome.reason}`);
    case 'invalid':
      throw new ControlProblem(400, outcome.message);
  }
}

function startedTask(service: TaskFleet, id: string): Task {
  const task = service.task(id);
  if (task?.process !== undefined) return task;
  if (task !== undefined)
    throw new ControlProblem(409, `task "${id}" is ${task.state} and has no process yet; try again later`);
  throw unknownId('task', id, service.tasks());
}
