import { CodedeployApp } from '@cdktf/provider-aws/lib/codedeploy-app/index.js';
import {
  CodedeployDeploymentConfig,
  type CodedeployDeploymentConfigTrafficRoutingConfig,
} from '@cdktf/provider-aws/lib/codedeploy-deployment-config/index.js';
import { CodedeployDeploymentGroup } from '@cdktf/provider-aws/lib/codedeploy-deployment-group/index.js';
import type { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import type { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import {
  type Environment,
  type ReleaseSettings,
  type Shift,
  deploymentConfiguration,
  resourceNames,
  servicePrincipal,
} from '@tideline/config';
import { Construct } from 'constructs';
import { policyDocument, trustPolicy } from '../ground/policy-document.ts';
import type { LoadBalancer, ReleaseTargets } from '../network/load-balancer.ts';
import { codeDeployStatements } from './code-deploy-statements.ts';
import type { ReleaseAlarms } from './release-alarms.ts';

export interface BlueGreenReleaseProps {
  readonly environment: Environment;
  readonly accountId: string;
  readonly release: ReleaseSettings<'blue-green'>;
  readonly loadBalancer: LoadBalancer;
  readonly targets: ReleaseTargets;
  /** The service that CodeDeploy releases. */
  readonly running: { readonly cluster: EcsCluster; readonly service: EcsService };
  readonly alarms: ReleaseAlarms;
  /** ARN of the policy that bounds CodeDeploy’s role. */
  readonly permissionsBoundary: string;
}

/**
 * CodeDeploy’s part of a release: which service, between which target groups, by which steps, and what rolls it back. A
 * release itself is no resource: the pipeline starts it.
 */
export class BlueGreenRelease extends Construct {
  readonly applicationName: string;
  readonly deploymentGroupName: string;

  constructor(scope: Construct, id: string, props: BlueGreenReleaseProps) {
    super(scope, id);
    const { release, loadBalancer, targets, running, alarms } = props;
    const names = resourceNames(props.environment);
    const application = new CodedeployApp(this, 'application', {
      name: names.codeDeployApplication,
      computePlatform: 'ECS',
    });
    const role = this.#role(props);
    const group = new CodedeployDeploymentGroup(this, 'group', {
      appName: application.name,
      deploymentGroupName: names.deploymentGroup,
      serviceRoleArn: role.arn,
      deploymentConfigName: this.#configuration(props),
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      ecsService: { clusterName: running.cluster.name, serviceName: running.service.name },
      loadBalancerInfo: {
        targetGroupPairInfo: {
          prodTrafficRoute: { listenerArns: [loadBalancer.listener.arn] },
          testTrafficRoute: { listenerArns: [targets.testListener.arn] },
          targetGroup: [{ name: loadBalancer.targetGroup.name }, { name: targets.greenTargetGroup.name }],
        },
      },
      blueGreenDeploymentConfig: {
        deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
        terminateBlueInstancesOnDeploymentSuccess: {
          action: 'TERMINATE',
          terminationWaitTimeInMinutes: release.terminationWaitMinutes,
        },
      },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      // An alarm that cannot be asked stops a release too.
      alarmConfiguration: { enabled: true, alarms: [...alarms.names], ignorePollAlarmFailure: false },
      // Without its permissions CodeDeploy looks at nothing that is named here.
      dependsOn: [role.policy],
    });
    this.applicationName = application.name;
    this.deploymentGroupName = group.deploymentGroupName;
  }

  #role({ environment, accountId, permissionsBoundary }: BlueGreenReleaseProps) {
    const role = new IamRole(this, 'role', {
      name: resourceNames(environment).codeDeployRole,
      assumeRolePolicy: trustPolicy(servicePrincipal(environment.region, 'codedeploy'), accountId),
      permissionsBoundary,
    });
    const policy = new IamRolePolicy(this, 'role-policy', {
      name: 'release',
      role: role.name,
      policy: policyDocument(codeDeployStatements(environment, accountId)),
    });
    return { arn: role.arn, policy };
  }

  #configuration({ environment, release: { shift } }: BlueGreenReleaseProps): string {
    const { name, owner } = deploymentConfiguration(environment, shift);
    if (owner === 'aws') return name;
    return new CodedeployDeploymentConfig(this, 'configuration', {
      deploymentConfigName: name,
      computePlatform: 'ECS',
      trafficRoutingConfig: trafficRouting(shift),
      // The group has to leave the old one before it can be deleted.
      lifecycle: { createBeforeDestroy: true },
    }).deploymentConfigName;
  }
}

function trafficRouting(shift: Shift): CodedeployDeploymentConfigTrafficRoutingConfig {
  switch (shift.kind) {
    case 'all-at-once':
      return { type: 'AllAtOnce' };
    case 'canary':
      return { type: 'TimeBasedCanary', timeBasedCanary: timeBased(shift) };
    case 'linear':
      return { type: 'TimeBasedLinear', timeBasedLinear: timeBased(shift) };
  }
}

const timeBased = ({ percent, intervalMinutes }: Shift<'canary' | 'linear'>) => ({
  percentage: percent,
  interval: intervalMinutes,
});
