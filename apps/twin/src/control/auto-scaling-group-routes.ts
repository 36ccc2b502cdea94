import type { Hono } from 'hono';
import type { AutoScalingGroup } from '../auto-scaling-group/auto-scaling-group.ts';
import type { Instance } from '../auto-scaling-group/instance.ts';
import { InstanceRefreshError } from '../auto-scaling-group/instance-refreshes.ts';
import { ControlProblem } from './control-problem.ts';
import { type TargetStates, targetHealth } from './service-routes.ts';
import { body, refusable, rolloutBody, type RouteDescription, unknownId } from './route.ts';

/** What the control API says of each instance. */
function describeInstances(group: AutoScalingGroup, targets: TargetStates) {
  const health = targetHealth(targets);
  return group.instances().map((instance) => ({
    id: instance.id,
    /** Lifecycle state, as EC2 Auto Scaling names it. */
    state: instance.state,
    availabilityZone: instance.availabilityZone,
    version: instance.template.version,
    /** Version of its launch template. */
    templateVersion: instance.template.revision,
    /** Health of its target, or why it has none. */
    health: health.get(instance.id) ?? 'not registered',
    /** Its warm-up has ended: its metrics count. */
    warm: group.isWarm(instance),
    protectedFromScaleIn: group.isProtected(instance),
    launchedAtSeconds: instance.createdAtSeconds,
  }));
}
export type InstanceDescription = ReturnType<typeof describeInstances>[number];

/** What can be seen of and done to an Auto Scaling group. */
export const autoScalingGroupRoutes: readonly RouteDescription[] = [
  ['GET', '/instances', 'instances with state, zone, launch template version, warm-up and target health'],
  ['DELETE', '/instances/:id', 'terminate an instance in order; another one takes its place'],
  [
    'POST',
    '/instances/:id/kill',
    'lose an instance (SIGKILL) with its requests in flight, whose number it answers; the group has yet to notice',
  ],
  ['POST', '/instances/:id/freeze', 'make an instance hang (SIGSTOP), so that it fails its health check'],
  ['PUT', '/instances/:id/scale-in-protection', 'protect an instance from scale-in'],
  ['DELETE', '/instances/:id/scale-in-protection', 'take the protection from scale-in off an instance'],
  ['GET', '/instance-refreshes', 'instance refreshes since the start'],
  ['POST', '/instance-refreshes', 'start an instance refresh to {"version", "variables"?}'],
  ['DELETE', '/instance-refreshes', 'cancel the instance refresh in progress'],
];

export function addAutoScalingGroupRoutes(app: Hono, group: AutoScalingGroup, targets: TargetStates): void {
  app.get('/instances', (context) => context.json(describeInstances(group, targets)));
  app.delete('/instances/:id', (context) => {
    group.terminate(knownInstance(group, context.req.param('id')));
    return context.body(null, 204);
  });
  app.post('/instances/:id/kill', (context) => {
    const instance = knownInstance(group, context.req.param('id'));
    const target = targets.targets().find(({ id }) => id === instance.id);
    instance.lose('instance-loss');
    return context.json({ requestsInFlight: target?.requestsInFlight ?? 0 });
  });
  app.post('/instances/:id/freeze', (context) => {
    const instance = knownInstance(group, context.req.param('id'));
    if (instance.process === undefined)
      throw new ControlProblem(
        409,
        `instance "${instance.id}" is ${instance.state} and has no process yet; try again later`,
      );
    instance.freeze();
    return context.body(null, 204);
  });
  app.put('/instances/:id/scale-in-protection', (context) => {
    group.setProtection(knownInstance(group, context.req.param('id')), 'protected');
    return context.body(null, 204);
  });
  app.delete('/instances/:id/scale-in-protection', (context) => {
    group.setProtection(knownInstance(group, context.req.param('id')), 'unprotected');
    return context.body(null, 204);
  });
  app.get('/instance-refreshes', (context) => context.json(group.refreshes.all()));
  app.post('/instance-refreshes', async (context) => {
    const change = await body(context, rolloutBody);
    const started = await refusable(InstanceRefreshError, () => {
      group.startRefresh(change);
      return group.refreshes.active;
    });
    return context.json(started, 202);
  });
  app.delete('/instance-refreshes', async (context) => {
    const cancelled = await refusable(InstanceRefreshError, () => {
      group.cancelRefresh();
      return group.refreshes.all().at(-1);
    });
    return context.json(cancelled);
  });
}

function knownInstance(group: AutoScalingGroup, id: string): Instance {
  const instance = group.instance(id);
  if (instance !== undefined) return instance;
  throw unknownId('instance', id, group.instances());
}
