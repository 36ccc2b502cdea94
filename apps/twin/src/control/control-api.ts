import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { highestSpeed } from '../cli/speed.ts';
import type { TaskProcess } from '../tasks/task-runtime.ts';
import type { Twin } from '../twin.ts';
import { guardLoopback } from './guard-loopback.ts';
import { ControlProblem, problemResponse } from './control-problem.ts';
import { describeTasks } from './describe-tasks.ts';

const speedBody = z.strictObject({ speed: z.number().positive().max(highestSpeed) });
const deploymentBody = z.strictObject({
  version: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens or underscores'),
  variables: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be upper snake case'), z.string().max(4096))
    .default({}),
});
const metricBody = z.strictObject({
  namespace: z.string().min(1).max(255),
  metricName: z.string().min(1).max(255),
  dimensions: z.record(z.string(), z.string()).default({}),
  value: z.number(),
});

const largestBodyBytes = 64 * 1024;

/** The routes of the control API, as `GET /` lists them. */
export const controlRoutes = [
  ['GET', '/observation', 'everything to be seen now: counts, policies, alarms, activities, metrics, events'],
  ['GET', '/tasks', 'tasks with state, zone, version and target health'],
  ['GET', '/deployments', 'deployments since the start'],
  ['POST', '/deployments', 'deploy {"version", "variables"?}: a rolling deployment'],
  ['DELETE', '/tasks/:id', 'kill a task (SIGKILL)'],
  ['POST', '/tasks/:id/freeze', 'make a task hang (SIGSTOP), so that it fails its health check'],
  ['DELETE', '/availability-zones/:name', 'lose a zone and every task in it'],
  ['PUT', '/availability-zones/:name', 'bring a lost zone back'],
  ['PUT', '/clock', 'change the speed of cloud time: {"speed"}'],
  ['POST', '/metric-data', 'publish a custom metric: {"namespace", "metricName", "dimensions"?, "value"}'],
] as const;

/** The twin’s control API: small, local, JSON. It answers on the loopback interface only, and to no web page. */
export function createControlApi(twin: Twin): Hono {
  const app = new Hono();
  app.onError((error, context) => problemResponse(context, error));
  app.notFound((context) =>
    problemResponse(
      context,
      new ControlProblem(404, `no route ${context.req.method} ${context.req.path}; GET / lists them`),
    ),
  );
  app.use(guardLoopback);
  app.use(
    bodyLimit({
      maxSize: largestBodyBytes,
      onError: (context) =>
        problemResponse(
          context,
          new ControlProblem(413, `the body is larger than ${largestBodyBytes} bytes`),
        ),
    }),
  );

  app.get('/', (context) =>
    context.json({
      url: twin.url,
      routes: controlRoutes.map(([method, path, meaning]) => ({ method, path, meaning })),
    }),
  );
  app.get('/observation', (context) => context.json(twin.observe()));
  app.get('/tasks', (context) => context.json(describeTasks(twin)));
  app.get('/deployments', (context) => context.json(twin.service.deployments.all()));
  app.post('/deployments', async (context) => {
    twin.service.deploy(await body(context, deploymentBody));
    return context.json(twin.service.deployments.primary, 202);
  });
  app.delete('/tasks/:id', (context) => {
    taskProcess(twin, context.req.param('id')).kill();
    return context.body(null, 204);
  });
  app.post('/tasks/:id/freeze', (context) => {
    taskProcess(twin, context.req.param('id')).freeze();
    return context.body(null, 204);
  });
  app.delete('/availability-zones/:name', (context) => {
    twin.service.loseZone(zone(twin, context.req.param('name')));
    return context.body(null, 204);
  });
  app.put('/availability-zones/:name', (context) => {
    twin.service.restoreZone(zone(twin, context.req.param('name')));
    return context.body(null, 204);
  });
  app.put('/clock', async (context) => {
    const { speed } = await body(context, speedBody);
    twin.setSpeed(speed);
    return context.json({ speed });
  });
  app.post('/metric-data', async (context) => {
    twin.publishMetric(await body(context, metricBody));
    return context.body(null, 204);
  });
  return app;
}

async function body<Output>(context: Context, schema: z.ZodType<Output>): Promise<Output> {
  const json: unknown = await context.req.json().catch(() => {
    throw new ControlProblem(400, 'the body is not JSON');
  });
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new ControlProblem(400, z.prettifyError(parsed.error));
  return parsed.data;
}

function taskProcess(twin: Twin, id: string): TaskProcess {
  const task = twin.service.task(id);
  if (task?.process !== undefined) return task.process;
  if (task !== undefined)
    throw new ControlProblem(409, `task "${id}" is ${task.state} and has no process yet; try again later`);
  const known = twin.service.tasks().map((each) => each.id);
  throw new ControlProblem(404, `unknown task "${id}"; known now: ${known.join(', ') || 'none'}`);
}

function zone(twin: Twin, name: string): string {
  if (twin.zones.includes(name)) return name;
  throw new ControlProblem(404, `unknown Availability Zone "${name}"; allowed: ${twin.zones.join(', ')}`);
}
