import type { Hono } from 'hono';
import type { BlueGreenService } from '../release/blue-green-service.ts';
import { ReleaseConflict } from '../release/release-controller.ts';
import type { Twin } from '../twin.ts';
import { body, refusable, rolloutBody, type RouteDescription } from './route.ts';
import { addTaskRoutes, taskRoutes } from './service-routes.ts';

/** What can be seen of and done to a service that is released blue/green. */
export const releaseRoutes: readonly RouteDescription[] = [
  ...taskRoutes,
  ['GET', '/versions', 'requests and failed requests of clients by version, since the start'],
  ['GET', '/deployments', 'blue/green deployments since the start, with their lifecycle events and shifts'],
  ['POST', '/deployments', 'deploy {"version", "variables"?}: a blue/green deployment'],
  ['DELETE', '/deployments', 'stop the deployment under way, and roll it back'],
];

export function addReleaseRoutes(
  app: Hono,
  service: BlueGreenService,
  { balancer, versionTraffic }: Pick<Twin, 'balancer' | 'versionTraffic'>,
): void {
  addTaskRoutes(app, service, balancer);
  app.get('/versions', (context) => context.json(versionTraffic?.() ?? {}));
  app.get('/deployments', (context) => context.json(service.releases.all()));
  app.post('/deployments', async (context) => {
    const change = await body(context, rolloutBody);
    return context.json(await refusable(ReleaseConflict, () => service.deploy(change)), 202);
  });
  app.delete('/deployments', async (context) => {
    const stopped = await refusable(ReleaseConflict, () => {
      service.releases.stop();
      return service.releases.all().at(-1);
    });
    return context.json(stopped);
  });
}
