import { resourceNames } from '@tideline/config';
import {
  type GroupIdentity,
  type ImageRepository,
  AutoScalingGroup,
  InstanceRole,
  InstanceLaunchTemplate,
  type LoadBalancer,
  type StackContext,
  type StoreReferences,
  appSecrets,
  createLogGroup,
  instanceStatements,
} from '@tideline/infra';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { NetworkStack } from './network-stack.ts';

export interface InstanceServiceProps {
  readonly context: StackContext;
  readonly compute: Extract<StackContext['environment']['compute'], { readonly kind: 'ec2-asg' }>;
  readonly network: NetworkStack;
  readonly repository: ImageRepository;
  readonly image: string;
  readonly stores: StoreReferences;
  readonly loadBalancer: LoadBalancer;
  readonly permissionsBoundary: string;
}

/** The backend on instances of an Auto Scaling group: what it is where the other flavour has a task definition and a service. */
export class InstanceService extends Construct {
  readonly identity: GroupIdentity;
  readonly logGroupName: string;
  /** The launch template with its latest version, which is what the group is to run. */
  readonly launchTemplate: string;

  constructor(scope: Construct, id: string, props: InstanceServiceProps) {
    super(scope, id);
    const { context, compute, network, repository, image, stores, loadBalancer } = props;
    const { environment, accountId } = context;
    const { region } = environment;
    const names = resourceNames(environment);
    const log = createLogGroup(this, 'log', {
      name: names.logGroup,
      retentionDays: environment.observability.logRetentionDays,
    });
    const role = new InstanceRole(this, 'role', {
      name: names.instanceRole,
      permissionsBoundary: props.permissionsBoundary,
      statements: instanceStatements({
        region,
        accountId,
        repositoryArns: [repository.arn],
        logGroupArns: [log.arn],
        secretArns: Object.values(appSecrets(environment, stores)),
        parameterArn: `arn:aws:ssm:${region}:${accountId}:parameter${names.parameterPath}/api`,
        uploadsArn: stores.files?.bucketArn ?? null,
      }),
    });
    const launch = new InstanceLaunchTemplate(this, 'launch', {
      environment,
      compute,
      image,
      repositoryUrl: repository.url,
      logGroup: log.name,
      stores,
      securityGroupId: network.groups.tasks.id,
      instanceProfileArn: role.profileArn,
    });
    const { group } = new AutoScalingGroup(this, 'instances', {
      environment,
      compute,
      launch,
      role,
      subnetIds: network.network.privateSubnetIds,
      loadBalancer,
    });
    this.identity = {
      groupName: group.name,
      loadBalancerSuffix: loadBalancer.balancer.arnSuffix,
      targetGroupSuffix: loadBalancer.targetGroup.arnSuffix,
    };
    this.logGroupName = log.name;
    this.launchTemplate = `${launch.template.id}:${Token.asString(launch.template.latestVersion)}`;
  }
}
