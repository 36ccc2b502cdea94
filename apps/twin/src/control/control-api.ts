import { highestSpeed } from '@tideline/evidence';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import { SessionStoreError } from '../stores/session-store.ts';
import type { Twin } from '../twin.ts';
import { guardLoopback } from './guard-loopback.ts';
import { ControlProblem, problemResponse } from './control-problem.ts';
import { addAutoScalingGroupRoutes, autoScalingGroupRoutes } from './auto-scaling-group-routes.ts';
import { addContainerInstanceRoutes, containerInstanceRoutes } from './container-instance-routes.ts';
import { body, refusable, type RouteDescription } from './route.ts';
import { addReleaseRoutes, releaseRoutes } from './release-routes.ts';
import { addServiceRoutes, serviceRoutes } from './service-routes.ts';

const speedBody = z.strictObject({ speed: z.number().positive().max(highestSpeed) });
const metricBody = z.strictObject({
  namespace: z.string().min(1).max(255),
  metricName: z.string().min(1).max(255),
  dimensions: z.record(z.string(), z.string()).default({}),
  value: z.number(),
});

const largestBodyBytes = 64 * 1024;

/** The routes that every twin has, as `GET /` lists them; those of its fleet come between. */
const sharedRoutes: readonly RouteDescription[] = [
  ['GET', '/observation', 'everything to be seen now: counts, policies, alarms, activities, metrics, events'],
  ['GET', '/forecasts', 'what each predictive policy forecasts, hour by hour, and how far off it was'],
  ['DELETE', '/availability-zones/:name', 'lose a zone and everything in it'],
  ['PUT', '/availability-zones/:name', 'bring a lost zone back'],
  ['DELETE', '/session-store', 'stop the session store'],
  ['PUT', '/session-store', 'start the session store again, with what it kept'],
  ['PUT', '/clock', 'change the speed of cloud time: {"speed"}'],
  ['POST', '/metric-data', 'publish a custom metric: {"namespace", "metricName", "dimensions"?, "value"}'],
];

/** Every route of this twin’s control API. */
export const controlRoutes = ({
  fleet,
  capacityProviderGroup,
  ingressCounts,
}: Pick<Twin, 'fleet' | 'capacityProviderGroup' | 'ingressCounts'>): readonly RouteDescription[] => [
  ...sharedRoutes,
  ...(ingressCounts === undefined ? [] : [ingressRoute]),
  ...{ service: serviceRoutes, group: autoScalingGroupRoutes, 'blue-green': releaseRoutes }[fleet.kind],
  ...(capacityProviderGroup === null ? [] : containerInstanceRoutes),
];

const ingressRoute: RouteDescription = [
  'GET',
  '/ingress',
  'what the HTTP API has counted: requests, throttled ones (429), ones for no stage (404), and ones not waited for (503)',
];

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
      routes: controlRoutes(twin).map(([method, path, meaning]) => ({ method, path, meaning })),
    }),
  );
  app.get('/observation', (context) => context.json(twin.observe()));
  app.get('/forecasts', (context) => context.json(twin.forecasts()));
  const { ingressCounts } = twin;
  if (ingressCounts !== undefined) app.get('/ingress', (context) => context.json(ingressCounts()));
  switch (twin.fleet.kind) {
    case 'service':
      addServiceRoutes(app, twin.fleet, twin.balancer);
      break;
    case 'group':
      addAutoScalingGroupRoutes(app, twin.fleet, twin.balancer);
      break;
    case 'blue-green':
      addReleaseRoutes(app, twin.fleet, twin);
      break;
  }
  if (twin.capacityProviderGroup !== null) addContainerInstanceRoutes(app, twin.capacityProviderGroup);
  app.delete('/availability-zones/:name', (context) => {
    twin.fleet.loseZone(zone(twin, context.req.param('name')));
    return context.body(null, 204);
  });
  app.put('/availability-zones/:name', (context) => {
    twin.fleet.restoreZone(zone(twin, context.req.param('name')));
    return context.body(null, 204);
  });
  app.delete('/session-store', async (context) => {
    await refusable(SessionStoreError, () => twin.sessionStore.stop());
    return context.json(twin.sessionStore.describe());
  });
  app.put('/session-store', async (context) => {
    await refusable(SessionStoreError, () => twin.sessionStore.start());
    return context.json(twin.sessionStore.describe());
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

function zone(twin: Twin, name: string): string {
  if (twin.zones.includes(name)) return name;
  throw new ControlProblem(404, `unknown Availability Zone "${name}"; allowed: ${twin.zones.join(', ')}`);
}
