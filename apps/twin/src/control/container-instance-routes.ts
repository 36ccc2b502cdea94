import type { HostResources } from '@tideline/config';
import type { Hono } from 'hono';
import type { ContainerInstance } from '../ec2-service/container-instance.ts';
import type { CapacityProviderGroup } from '../ec2-service/capacity-provider-group.ts';
import { type RouteDescription, unknownId } from './route.ts';

/** What the control API says of an instance that tasks run on. */
export interface ContainerInstanceDescription {
  /** Id of the EC2 instance. */
  readonly id: string;
  readonly containerInstanceId: string;
  /** Status, as ECS names it. */
  readonly state: string;
  readonly availabilityZone: string;
  /** What it gives to tasks. */
  readonly registered: HostResources;
  /** What tasks have left of it. */
  readonly remaining: HostResources;
  /** Ids of its tasks. */
  readonly tasks: readonly string[];
  readonly launchedAtSeconds: number;
}

export const describeContainerInstances = (group: CapacityProviderGroup): ContainerInstanceDescription[] =>
  group.instances().map((instance) => ({
    id: instance.id,
    containerInstanceId: instance.containerInstanceId,
    state: instance.state,
    availabilityZone: instance.availabilityZone,
    registered: instance.size,
    remaining: instance.remaining,
    tasks: instance.taskIds,
    launchedAtSeconds: instance.launchedAtSeconds,
  }));

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
  throw unknownId('instance', id, group.instances());
}
