import { codeDeployRelease, resourceNames, testTraffic } from '@tideline/config';
import type { Construct } from 'constructs';
import { createLogGroup } from '../../ground/log-group.ts';
import type { ServiceIdentity } from '../../ground/service-metrics.ts';
import { taskGraphs } from '../../observe/capacity-graphs.ts';
import { BlueGreenRelease } from '../../release/blue-green-release.ts';
import { ReleaseHook } from '../../release/release-hook.ts';
import { ReleaseAlarms } from '../../release/release-alarms.ts';
import { ServiceScaling } from '../../scaling/service-scaling.ts';
import type { Backend, BackendOutputs, BackendProps } from '../backend.ts';
import { ownRepositoryArns } from '../collector.ts';
import { appContainer, collectorContainer } from '../container-definitions.ts';
import { appTaskRoles } from '../task-roles.ts';
import { FargateService } from './fargate-service.ts';
import { FargateTaskDefinition } from './fargate-task-definition.ts';

type Props = BackendProps<'fargate'>;

/** The backend as Fargate tasks: ECS replaces them itself, or CodeDeploy releases them between two target groups. */
export function fargateBackend(scope: Construct, props: Props): Backend {
  const { environment } = props.context;
  const { loadBalancer } = props;
  const { balancer, targetGroup, release: targets } = loadBalancer;
  const { definition, logGroupName } = appTask(scope, props);
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
      logGroupName,
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

function appTask(scope: Construct, { context, compute, repository, stores, permissionsBoundary }: Props) {
  const { environment } = context;
  const { region, observability } = environment;
  const { tracing } = observability;
  const names = resourceNames(environment);
  const logTo = (part: string, name: string) => createLogGroup(scope, `${part}-log`, { environment, name });
  const log = logTo('app', names.logGroup);
  const collectorLog = tracing.enabled ? logTo('collector', names.collectorLogGroup) : null;
  const { definition } = new FargateTaskDefinition(scope, 'app-task', {
    family: names.service,
    size: compute,
    architecture: compute.architecture,
    roles: appTaskRoles(scope, 'app-roles', {
      context,
      stores,
      permissionsBoundary,
      repositoryArns: [
        repository.arn,
        ...(collectorLog === null ? [] : ownRepositoryArns(tracing.collectorImage)),
      ],
      logGroupArns: [log.arn, ...(collectorLog === null ? [] : [collectorLog.arn])],
    }),
    containers: [
      appContainer(environment, {
        image: repository.image(scope, { variable: 'image', named: context.image }),
        log: { group: log.name, region },
        stores,
      }),
      ...(collectorLog === null
        ? []
        : [
            collectorContainer(environment, {
              image: tracing.collectorImage,
              log: { group: collectorLog.name, region },
            }),
          ]),
    ],
    volumes: [],
  });
  return { definition, logGroupName: log.name };
}
