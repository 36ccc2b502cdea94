export { AlarmTopic } from './alarm-topic.ts';
export { connectStack } from './connect-stack.ts';
export {
  type ContainerDefinition,
  appContainer,
  collectorContainer,
  loadRunnerContainer,
} from './container-definitions.ts';
export { dashboardBody } from './dashboard-body.ts';
export { FargateService } from './fargate-service.ts';
export { FargateTask, createLogGroup } from './fargate-task.ts';
export { GithubDeployRole } from './github-deploy-role.ts';
export { ImageRepository } from './image-repository.ts';
export { LoadBalancer } from './load-balancer.ts';
export { type Statement, accessLogStatements, policyDocument } from './policy-document.ts';
export { PrivateBucket } from './private-bucket.ts';
export { SecurityGroups } from './security-groups.ts';
export { ServiceAlarms } from './service-alarms.ts';
export type { ServiceIdentity } from './service-metrics.ts';
export { ServiceScaling } from './service-scaling.ts';
export type { StackContext } from './stack-context.ts';
export { declareOutputs } from './stack-output.ts';
export { StateStore } from './state-store.ts';
export {
  boundaryStatements,
  executionStatements,
  observerStatements,
  taskStatements,
} from './task-permissions.ts';
export { TaskRoles } from './task-roles.ts';
export { VpcEndpoints } from './vpc-endpoints.ts';
export { VpcNetwork } from './vpc-network.ts';
export { WebAcl } from './web-acl.ts';
