import type { Hono } from 'hono';
import type { ContainerInstance } from '../ec2-service/container-instance.ts';
import type { CapacityProviderGroup } from '../ec2-service/capacity-provider-group.ts';
import { ControlProblem } from './control-problem.ts';
import { describeContainerInstances } from './describe-container-instances.ts';
import type { RouteDescription } from './route-description.ts';

/** What can be seen of and done to the instances that tasks run on. */
export const containerInstanceRoutes: readonly RouteDescription[] = [
  ['GET', '/container-instances', 'instances with state, zone, remaining CPU and memory, and their tasks'],
  ['DELETE', '/container-instances/:id', 'terminate an instance in order: its tasks leave first'],
  ['POST', '/container-instances/:id/kill', 'lose an instance at once, with every task on it'],
];

export function addContainerInstanceRoutes(app: Hono, group: CapacityProviderGroup): void {
  app.get('/container-instances', (context) => context.json(describeContainerInstances(group)));
  app.delete('/container-instances/:id', (context) => {
    group.terminate(knownInstance(group, context.req.param('id')));
    return context.body(null, 204);
  });
  app.post('/container-instances/:id/kill', (context) => {
    group.lose(knownInstance(group, context.req.param('id')));
    return context.body(null, 204);
  });
}

function knownInstance(group: CapacityProviderGroup, id: string): ContainerInstance {
  const instance = group.instance(id);
  if (instance !== undefined) return instance;
  const known = group.instances().map((each) => each.id);
  throw new ControlProblem(404, `unknown instance "${id}"; known now: ${known.join(', ') || 'none'}`);
}
