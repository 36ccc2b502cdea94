const named = (names: string, reason: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, reason] as const));

/** Fields of a container definition for which a description has none, with what there is instead (ECS API reference, ContainerDefinition). */
export const containerWithoutField: Readonly<Record<string, string>> = {
  ...named('environmentFiles', 'the file is not read here. Copy its variables into container.environment'),
  ...named(
    'logConfiguration firelensConfiguration',
    'logs go to a group of CloudWatch Logs of the environment’s own (observability.logRetentionDays)',
  ),
  ...named('mountPoints volumesFrom', 'tasks share no files: no volumes are described'),
  ...named('dependsOn links startTimeout', 'a task has one container here, which waits for no other'),
  ...named('repositoryCredentials', 'tasks log in to no registry. Copy the image into ECR'),
  ...named('dockerLabels', 'containers carry no labels here'),
  ...named('workingDirectory', 'the container starts in the image’s own working directory'),
  ...named(
    'privileged dockerSecurityOptions systemControls credentialSpecs',
    'the container has no such rights here',
  ),
  ...named(
    'hostname dnsServers dnsSearchDomains extraHosts disableNetworking',
    'the container has the network settings of its task',
  ),
  ...named('interactive pseudoTerminal', 'a service has no terminal'),
  ...named('resourceRequirements', 'no GPU or other accelerator is described'),
  ...named('restartPolicy', 'ECS replaces a task whose container ends; it does not restart the container'),
  ...named('versionConsistency', 'the image runs as it is named. Name its digest to pin it'),
};

/** Fields of a task definition (ECS API reference, TaskDefinition). */
export const taskDefinitionWithoutField: Readonly<Record<string, string>> = {
  ...named(
    'taskRoleArn',
    'a description makes the role of its tasks, with the rights that it knows. Other rights of yours are missing: attach them',
  ),
  ...named('executionRoleArn', 'a description makes the role by which ECS starts tasks'),
  ...named('volumes ephemeralStorage', 'a task has the 20 GiB of Fargate, and no volumes'),
  ...named(
    'placementConstraints inferenceAccelerators',
    'ECS spreads tasks over zones, and looks at nothing else',
  ),
  ...named('proxyConfiguration', 'no App Mesh is described'),
  ...named('ipcMode pidMode enableFaultInjection', 'tasks run with ECS’s default for it'),
  ...named(
    'taskDefinitionArn revision status requiresAttributes compatibilities registeredAt registeredBy deregisteredAt deleteRequestedAt',
    'ECS reports it; nothing sets it',
  ),
  ...named('tags', 'resources carry the tags of the environment'),
};

/** Fields of a service (ECS API reference, Service). */
export const serviceWithoutField: Readonly<Record<string, string>> = {
  ...named(
    'serviceArn clusterArn status runningCount pendingCount taskDefinition deployments taskSets events createdAt createdBy roleArn currentServiceDeployment currentServiceRevisions',
    'ECS reports it; nothing sets it',
  ),
  ...named(
    'networkConfiguration',
    'a description makes its VPC, private subnets and security groups itself (network)',
  ),
  ...named('placementConstraints placementStrategy', 'ECS spreads tasks over zones'),
  ...named(
    'serviceRegistries serviceConnectConfiguration vpcLatticeConfigurations',
    'other services reach this one by its balancer',
  ),
  ...named('schedulingStrategy', 'a service has the strategy REPLICA'),
  ...named(
    'deploymentController',
    'ECS does rolling deployments. For CodeDeploy there is release.kind blue-green',
  ),
  ...named('enableExecuteCommand', 'ECS Exec is not set up: no shell leads into a task'),
  ...named('enableECSManagedTags propagateTags tags', 'resources carry the tags of the environment'),
  ...named('volumeConfigurations', 'tasks have no volumes'),
};
