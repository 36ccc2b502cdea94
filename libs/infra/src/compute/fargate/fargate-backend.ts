import { codeDeployRelease, resourceNames, testTraffic } from '@tideline/config';
import type { Construct } from 'constructs';
import { createLogGroup } from '../../ground/log-group.ts';
import type { ServiceIdentity } from '../../ground/service-metrics.ts';
import { taskGraphs } from '../../observe/capacity-graphs.ts';
import { BlueGreenRelease } from '../../release/blue-green-release.ts';
import { ReleaseHook } from '../../release/release-hook.ts';
import { ReleaseAlarms } from '../../release/release-alarms.ts';
import { ServiceScaling } from '../../scaling/service-scaling.ts';
import { appTask } from '../app-task.ts';
import type { Backend, BackendOutputs, BackendProps } from '../backend.ts';
import { FargateService } from './fargate-service.ts';
import { FargateTaskDefinition } from './fargate-task-definition.ts';

type Props = BackendProps<'fargate'>;

/** The backend as Fargate tasks: ECS replaces them itself, or CodeDeploy releases them between two target groups. */
export function fargateBackend(scope: Construct, props: Props): Backend {
  const { environment } = props.context;
  const { loadBalancer } = props;
  const { balancer, targetGroup, release: targets } = loadBalancer;
  const names = resourceNames(environment);
  const log = createLogGroup(scope, 'app-log', { environment, name: names.logGroup });
  const { definition } = new FargateTaskDefinition(scope, 'app-task', {
    family: names.service,
    size: props.compute,
    architecture: props.compute.architecture,
    ...appTask(scope, 'app-roles', { ...props, log }),
    volumes: [],
  });
  const running = new FargateService(scope, 'fargate', {
    environment,
    taskDefinitionArn: definition.arn,
    subnetIds: props.network.privateSubnetIds,
    securityGroupId: props.groups.tasks.id,
    loadBalancer,
  });
  const { cluster, service } = running;
  const identity: ServiceIdentity = {
    clusterName: cluster.name,
    serviceName: service.name,
    loadBalancerSuffix: balancer.arnSuffix,
    targetGroupSuffix: targetGroup.arnSuffix,
    ...(targets === null ? {} : { greenTargetGroupSuffix: targets.greenTargetGroup.arnSuffix }),
  };
  return {
    identity,
    graphs: taskGraphs(environment, identity),
    scale: (stack) => new ServiceScaling(stack, 'scaling', { environment, identity }),
    outputs: {
      clusterName: cluster.name,
      serviceName: service.name,
      logGroupName: log.name,
      taskDefinitionArn: definition.arn,
      launchTemplate: null,
      ...releaseOf(scope, props, { running, identity }),
    },
  };
}

/** CodeDeploy’s application and deployment group, where the description asks for its releases. */
function releaseOf(
  scope: Construct,
  { context, network, groups, loadBalancer, permissionsBoundary }: Props,
  { running, identity }: { readonly running: FargateService; readonly identity: ServiceIdentity },
): Pick<BackendOutputs, 'codeDeployApplicationName' | 'deploymentGroupName' | 'releaseHookArn'> {
  const { environment, accountId } = context;
  const release = codeDeployRelease(environment);
  const { release: targets } = loadBalancer;
  if (release === null || targets === null)
    return { codeDeployApplicationName: null, deploymentGroupName: null, releaseHookArn: null };
  const alarms = new ReleaseAlarms(scope, 'release-alarms', { environment, identity });
  const { applicationName, deploymentGroupName } = new BlueGreenRelease(scope, 'release', {
    ...{ environment, accountId, release, loadBalancer, targets, running, alarms, permissionsBoundary },
  });
  const traffic = testTraffic(environment);
  const hook =
    traffic === null || groups.releaseHook === null
      ? null
      : new ReleaseHook(scope, 'release-hook', {
          ...{ context, release, traffic, loadBalancer, permissionsBoundary },
          subnetIds: network.privateSubnetIds,
          securityGroupId: groups.releaseHook.id,
        });
  return {
    codeDeployApplicationName: applicationName,
    deploymentGroupName,
    releaseHookArn: hook?.arn ?? null,
  };
}
