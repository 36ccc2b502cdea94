import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { flag, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';
import { serviceWithoutField } from './without-field.ts';

/** Converts what the service says of deployments and of its balancer. */
export function convertService(draft: ImportDraft, service: SourceNode): void {
  const deployment = service.at('deploymentConfiguration');
  draft.take(deployment.at('minimumHealthyPercent'), 'deployment.minimumHealthyPercent', whole(0, 100));
  const maximum = draft.take(deployment.at('maximumPercent'), 'deployment.maximumPercent', whole(100, 400));
  const breaker = deployment.at('deploymentCircuitBreaker');
  draft.take(breaker.at('enable'), 'deployment.circuitBreaker.enabled', flag);
  draft.take(breaker.at('rollback'), 'deployment.circuitBreaker.rollback', flag);
  convertStrategy(draft, deployment);
  convertRebalancing(draft, service.at('availabilityZoneRebalancing'), maximum);
  const grace = service.at('healthCheckGracePeriodSeconds');
  draft.take(grace, 'healthCheck.gracePeriodSeconds', whole(0, 2_147_483_647));
  const scheduling = service.at('schedulingStrategy');
  if (scheduling.text === 'REPLICA') draft.hold(scheduling, 'capacity');
  const controller = service.at('deploymentController', 'type');
  if (controller.text === 'ECS') draft.hold(controller, 'release');
  for (const balancer of service.at('loadBalancers').items) {
    leaveFields(draft, balancer, {
      loadBalancerName: 'a description makes a balancer of its own',
      advancedConfiguration: 'a release of kind blue-green is done by CodeDeploy (release)',
    });
  }
  leaveFields(draft, service, serviceWithoutField);
}

function convertStrategy(draft: ImportDraft, deployment: SourceNode): void {
  const strategy = deployment.at('strategy');
  if (strategy.text === 'ROLLING') draft.hold(strategy, 'release');
  leaveFields(draft, deployment, {
    alarms:
      'a rolling deployment is rolled back by its circuit breaker alone. Releases of kind blue-green watch alarms',
    bakeTimeInMinutes: 'a rolling deployment ends as its tasks are healthy',
    lifecycleHooks: 'no hooks of deployments are described',
    linearConfiguration: 'releases of kind blue-green shift by release.shift',
    canaryConfiguration: 'releases of kind blue-green shift by release.shift',
    ...(strategy.text === 'ROLLING'
      ? {}
      : { strategy: 'a rolling deployment, or release.kind blue-green by CodeDeploy' }),
  });
}

/** ECS moves tasks between zones only where one more may run meanwhile. */
function convertRebalancing(draft: ImportDraft, node: SourceNode, maximumPercent: number | undefined): void {
  const to = 'deployment.availabilityZoneRebalancing';
  if (node.text === 'ENABLED' && (maximumPercent ?? 200) > 100) draft.put(to, true, node);
  else if (node.text === 'DISABLED') draft.put(to, false, node);
  else {
    draft.leave(node, `${to} takes ENABLED with a maximumPercent above 100, or DISABLED`);
    if ((maximumPercent ?? 200) <= 100)
      draft.choose(to, false, 'a maximumPercent of 100 leaves no room for it');
  }
}
