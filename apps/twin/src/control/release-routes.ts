import type { Hono } from 'hono';
import type { BlueGreenService } from '../release/blue-green-service.ts';
import { ReleaseConflict } from '../release/release-controller.ts';
import type { Twin } from '../twin.ts';
import { ControlProblem } from './control-problem.ts';
import { body } from './read-body.ts';
import { rolloutBody } from './rollout-body.ts';
import type { RouteDescription } from './route-description.ts';
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
    return context.json(
      refusable(() => service.deploy(change)),
      202,
    );
  });
  app.delete('/deployments', (context) => {
    refusable(() => service.releases.stop());
    return context.json(service.releases.all().at(-1));
  });
}

/** What the state of the releases forbids is a conflict. */
function refusable<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw error instanceof ReleaseConflict ? new ControlProblem(409, error.message) : error;
  }
}
