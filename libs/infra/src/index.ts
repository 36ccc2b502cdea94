export type { AlarmSet } from './alarm-set.ts';
export { AlarmTopic } from './alarm-topic.ts';
export { appSecrets } from './app-variables.ts';
export { BlueGreenRelease } from './blue-green-release.ts';
export { BlueGreenService } from './blue-green-service.ts';
export { connectStack } from './connect-stack.ts';
export {
  type ContainerDefinition,
  appContainer,
  collectorContainer,
  loadRunnerContainer,
} from './container-definitions.ts';
export { dashboardBody } from './dashboard-body.ts';
export { Distribution } from './distribution.ts';
export { FargateService, type FargateServiceProps, createCluster } from './fargate-service.ts';
export { FargateTask, createLogGroup } from './fargate-task.ts';
export { GithubDeployRole } from './github-deploy-role.ts';
export { GroupAlarms } from './group-alarms.ts';
export { groupSchedule } from './group-schedule.ts';
export { GroupScaling } from './group-scaling.ts';
export { HostGroup } from './host-group.ts';
export { HostLaunch } from './host-launch.ts';
export { hostStatements } from './host-permissions.ts';
export { hostUserData } from './host-user-data.ts';
export { HostedAlarms } from './hosted-alarms.ts';
export { HostedService } from './hosted-service.ts';
export { HostedTask } from './hosted-task.ts';
export { HttpApi } from './http-api.ts';
export { ImageRepository } from './image-repository.ts';
export { InstanceGroup } from './instance-group.ts';
export { instanceStatements } from './instance-permissions.ts';
export { InstanceRole } from './instance-role.ts';
export { LaunchConfiguration } from './launch-configuration.ts';
export { LoadBalancer } from './load-balancer.ts';
export { type Statement, accessLogStatements, policyDocument } from './policy-document.ts';
export { PrivateBucket } from './private-bucket.ts';
export { ReleaseAlarms } from './release-alarms.ts';
export { boundaryStatements } from './role-boundary.ts';
export { SecurityGroups } from './security-groups.ts';
export { ServiceAlarms } from './service-alarms.ts';
export {
  type CapacityIdentity,
  type GroupIdentity,
  type HostedIdentity,
  type ServiceIdentity,
  isGroup,
  isHosted,
} from './service-metrics.ts';
export { ServiceScaling } from './service-scaling.ts';
export { SessionStore } from './session-store.ts';
export type { StackContext } from './stack-context.ts';
export { declareOutputs } from './stack-output.ts';
export { StateStore } from './state-store.ts';
export { type Stores, noStores } from './stores.ts';
export { withStressToken } from './stress-token.ts';
export { executionStatements, observerStatements, taskStatements } from './task-permissions.ts';
export { TaskRoles } from './task-roles.ts';
export { UploadsBucket } from './uploads-bucket.ts';
export { userData } from './user-data.ts';
export { VpcEndpoints } from './vpc-endpoints.ts';
export { VpcNetwork } from './vpc-network.ts';
export { WebAcl } from './web-acl.ts';
