import {
  BlueGreenRelease,
  BlueGreenService,
  FargateService,
  type FargateServiceProps,
  type LoadBalancer,
  ReleaseAlarms,
  type ServiceIdentity,
} from '@tideline/infra';
import type { Construct } from 'constructs';

export interface RunTasksProps extends FargateServiceProps {
  readonly accountId: string;
  readonly permissionsBoundary: string;
}

export interface RunningTasks {
  readonly identity: ServiceIdentity;
  readonly clusterName: string;
  readonly serviceName: string;
  /** Of CodeDeploy, where it releases the service; else null. */
  readonly codeDeployApplicationName: string | null;
  readonly deploymentGroupName: string | null;
}

/** The service of Fargate tasks: ECS replaces them itself, or CodeDeploy releases them between two target groups. */
export function runTasks(scope: Construct, props: RunTasksProps): RunningTasks {
  const { environment, loadBalancer, accountId, permissionsBoundary } = props;
  const { release } = environment;
  const { release: targets } = loadBalancer;
  if (release.kind === 'rolling' || targets === null) {
    const service = new FargateService(scope, 'fargate', props);
    return {
      ...namesOf(service, loadBalancer),
      codeDeployApplicationName: null,
      deploymentGroupName: null,
    };
  }
  const running = new BlueGreenService(scope, 'fargate', { ...props, targets });
  const names = namesOf(running, loadBalancer);
  const { identity } = names;
  const alarms = new ReleaseAlarms(scope, 'release-alarms', { environment, identity });
  const { applicationName, deploymentGroupName } = new BlueGreenRelease(scope, 'release', {
    ...{ environment, accountId, release, loadBalancer, targets, running, alarms, permissionsBoundary },
  });
  return { ...names, codeDeployApplicationName: applicationName, deploymentGroupName };
}

function namesOf({ cluster, service }: FargateService | BlueGreenService, loadBalancer: LoadBalancer) {
  const { balancer, targetGroup, release } = loadBalancer;
  const identity: ServiceIdentity = {
    clusterName: cluster.name,
    serviceName: service.name,
    loadBalancerSuffix: balancer.arnSuffix,
    targetGroupSuffix: targetGroup.arnSuffix,
    ...(release === null ? {} : { greenTargetGroupSuffix: release.greenTargetGroup.arnSuffix }),
  };
  return { identity, clusterName: cluster.name, serviceName: service.name };
}
