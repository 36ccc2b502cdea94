import type { Hono } from 'hono';
import type { ContainerInstance } from '../ec2-service/container-instance.ts';
import type { HostGroup } from '../ec2-service/capacity-provider-group.ts';
import { ControlProblem } from './control-problem.ts';
import { describeContainerInstances } from './describe-container-instances.ts';
import type { RouteDescription } from './route-description.ts';

/** What can be seen of and done to the instances that tasks run on. */
export const hostRoutes: readonly RouteDescription[] = [
  ['GET', '/container-instances', 'instances with state, zone, remaining CPU and memory, and their tasks'],
  ['DELETE', '/container-instances/:id', 'terminate an instance in order: its tasks leave first'],
  ['POST', '/container-instances/:id/kill', 'lose an instance at once, with every task on it'],
];

export function addHostRoutes(app: Hono, hosts: HostGroup): void {
  app.get('/container-instances', (context) => context.json(describeContainerInstances(hosts)));
  app.delete('/container-instances/:id', (context) => {
    hosts.terminate(knownInstance(hosts, context.req.param('id')));
    return context.body(null, 204);
  });
  app.post('/container-instances/:id/kill', (context) => {
    hosts.lose(knownInstance(hosts, context.req.param('id')));
    return context.body(null, 204);
  });
}

function knownInstance(hosts: HostGroup, id: string): ContainerInstance {
  const instance = hosts.instance(id);
  if (instance !== undefined) return instance;
  const known = hosts.instances().map((each) => each.id);
  throw new ControlProblem(404, `unknown instance "${id}"; known now: ${known.join(', ') || 'none'}`);
}
