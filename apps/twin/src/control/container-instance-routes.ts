import type { Hono } from 'hono';
import type { ContainerInstance } from '../ec2-service/container-instance.ts';
import type { CapacityProviderGroup } from '../ec2-service/capacity-provider-group.ts';
import { type RouteDescription, unknownId } from './route.ts';

/** What the control API says of each instance that tasks run on. */
const describeContainerInstances = (group: CapacityProviderGroup) =>
  group.instances().map((instance) => ({
    /** Id of the EC2 instance. */
    id: instance.id,
    containerInstanceId: instance.containerInstanceId,
    /** Status, as ECS names it. */
    state: instance.state,
    availabilityZone: instance.availabilityZone,
    /** What it gives to tasks, and what they have left of it. */
    registered: instance.size,
    remaining: instance.remaining,
    /** Ids of its tasks. */
    tasks: instance.taskIds,
    launchedAtSeconds: instance.launchedAtSeconds,
  }));
export type ContainerInstanceDescription = ReturnType<typeof describeContainerInstances>[number];

/** What can be seen of and done to the instances that tasks run on. */
export const containerInstanceRoutes: readonly RouteDescription[] = [
  ['GET', '/container-instances', 'instances with state, zone, remaining CPU and memory, and their tasks'],
  ['DELETE', '/container-instances/:id', 'terminate an instance in order: its tasks leave first'],
  [
    'POST',
    '/container-instances/:id/kill',
    'lose an instance with every task on it; the cluster has yet to notice',
  ],
];

export function addContainerInstanceRoutes(app: Hono, group: CapacityProviderGroup): void {
  app.get('/container-instances', (context) => context.json(describeContainerInstances(group)));
  app.delete('/container-instances/:id', (context) => {
    group.terminate(knownInstance(group, context.req.param('id')));
    return context.body(null, 204);
  });
  app.post('/container-instances/:id/kill', (context) => {
    group.lose(knownInstance(group, context.req.param('id')), 'instance-loss');
    return context.body(null, 204);
  });
}

function knownInstance(group: CapacityProviderGroup, id: string): ContainerInstance {
  const instance = group.instance(id);
  if (instance !== undefined) return instance;
  throw unknownId('instance', id, group.instances());
}
