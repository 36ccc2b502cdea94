import type { Hono } from 'hono';
import type { ServiceScheduler } from '../service/service-scheduler.ts';
import type { Task } from '../tasks/task.ts';
import { ControlProblem } from './control-problem.ts';
import { type TargetStates, describeTasks } from './describe-tasks.ts';
import { body } from './read-body.ts';
import { rolloutBody } from './rollout-body.ts';
import type { RouteDescription } from './route-description.ts';

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
  const known = service.tasks().map((each) => each.id);
  throw new ControlProblem(404, `unknown task "${id}"; known now: ${known.join(', ') || 'none'}`);
}
