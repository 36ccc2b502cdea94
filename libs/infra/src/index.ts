export { connectStack } from './ground/connect-stack.ts';
export { createLogGroup } from './ground/log-group.ts';
export { type Statement, accessLogStatements, policyDocument } from './ground/policy-document.ts';
export { PrivateBucket } from './ground/private-bucket.ts';
export {
  type CapacityIdentity,
  type GroupIdentity,
  type Ec2ServiceIdentity,
  type ServiceIdentity,
  isGroup,
  isEc2Service,
} from './ground/service-metrics.ts';
export type { StackContext } from './ground/stack-context.ts';
export { declareOutputs } from './ground/stack-output.ts';
export { StateStore } from './ground/state-store.ts';
export { Distribution } from './network/distribution.ts';
export { HttpApi } from './network/http-api.ts';
export { LoadBalancer } from './network/load-balancer.ts';
export { SecurityGroups } from './network/security-groups.ts';
export { VpcEndpoints } from './network/vpc-endpoints.ts';
export { VpcNetwork } from './network/vpc-network.ts';
export { WebAcl } from './network/web-acl.ts';
export { ImageRepository } from './data/image-repository.ts';
export { SessionStore } from './data/session-store.ts';
export { type StoreReferences, noStores } from './data/store-references.ts';
export { withStressToken } from './data/stress-token.ts';
export { UploadsBucket } from './data/uploads-bucket.ts';
export { GroupScaling } from './scaling/group-scaling.ts';
export { groupSchedule } from './scaling/group-schedule.ts';
export { ServiceScaling } from './scaling/service-scaling.ts';
export { AlarmSet } from './observe/alarm-set.ts';
export { AlarmTopic } from './observe/alarm-topic.ts';
export { dashboardBody } from './observe/dashboard-body.ts';
export { BlueGreenRelease } from './release/blue-green-release.ts';
export { ReleaseAlarms } from './release/release-alarms.ts';
export { appSecrets } from './compute/app-variables.ts';
export { createCluster } from './compute/cluster.ts';
export {
  type ContainerDefinition,
  appContainer,
  collectorContainer,
  loadRunnerContainer,
} from './compute/container-definitions.ts';
export { InstanceRole } from './compute/instance-role.ts';
export { executionStatements, observerStatements, taskStatements } from './compute/task-permissions.ts';
export { TaskRoles } from './compute/task-roles.ts';
export { BlueGreenService } from './compute/fargate/blue-green-service.ts';
export { FargateService, type FargateServiceProps } from './compute/fargate/fargate-service.ts';
export { FargateTaskDefinition } from './compute/fargate/fargate-task-definition.ts';
export { AsgCapacityProvider } from './compute/ecs-ec2/asg-capacity-provider.ts';
export { ContainerInstanceLaunchTemplate } from './compute/ecs-ec2/container-instance-launch-template.ts';
export { containerInstanceStatements } from './compute/ecs-ec2/container-instance-statements.ts';
export { containerInstanceUserData } from './compute/ecs-ec2/container-instance-user-data.ts';
export { Ec2Service } from './compute/ecs-ec2/ec2-service.ts';
export { Ec2TaskDefinition } from './compute/ecs-ec2/ec2-task-definition.ts';
export { AutoScalingGroup } from './compute/ec2-asg/auto-scaling-group.ts';
export { InstanceLaunchTemplate } from './compute/ec2-asg/instance-launch-template.ts';
export { instanceStatements } from './compute/ec2-asg/instance-statements.ts';
export { userData } from './compute/ec2-asg/user-data.ts';
export { GithubDeployRole } from './deploy-role/github-deploy-role.ts';
export { boundaryStatements } from './deploy-role/role-boundary.ts';
