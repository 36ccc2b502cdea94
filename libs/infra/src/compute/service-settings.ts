import type { EcsServiceConfig } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { type Environment, appContainerName, resourceNames } from '@tideline/config';
import type { LoadBalancer } from '../network/load-balancer.ts';

/** What a service of tasks is, wherever they run: rolling deployments that undo themselves, and a count that scaling owns. */
export function serviceSettings(environment: Environment, loadBalancer: LoadBalancer) {
  const { deployment } = environment;
  return {
    ...balancedSettings(environment, loadBalancer),
    deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent,
    deploymentMaximumPercent: deployment.maximumPercent,
    deploymentCircuitBreaker: {
      enable: deployment.circuitBreaker.enabled,
      rollback: deployment.circuitBreaker.rollback,
    },
    availabilityZoneRebalancing: deployment.availabilityZoneRebalancing ? 'ENABLED' : 'DISABLED',
    // Scaling owns the count once the service exists: a deploy that set it would undo a scale-out under load.
    lifecycle: { ignoreChanges: ['desired_count'] },
  } as const satisfies Partial<EcsServiceConfig>;
}

/** The part of it that is the same however releases are made. */
export function balancedSettings(
  { project, stage, capacity, healthCheck, container }: Environment,
  loadBalancer: LoadBalancer,
) {
  return {
    name: resourceNames({ project, stage }).service,
    desiredCount: capacity.desired,
    healthCheckGracePeriodSeconds: healthCheck.gracePeriodSeconds,
    loadBalancer: [
      {
        targetGroupArn: loadBalancer.targetGroup.arn,
        containerName: appContainerName,
        containerPort: container.port,
      },
    ],
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
  } as const satisfies Partial<EcsServiceConfig>;
}
