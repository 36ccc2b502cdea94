import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import type { CapacityUnit } from '@tideline/config';
import { Construct } from 'constructs';
import type { ContainerDefinition } from '../container-definitions.ts';
import type { TaskRoles } from '../task-roles.ts';

export interface FargateTaskDefinitionProps {
  readonly family: string;
  readonly size: { readonly cpuUnits: number; readonly memoryMiB: number };
  readonly architecture: CapacityUnit['architecture'];
  readonly roles: TaskRoles;
  readonly containers: readonly ContainerDefinition[];
  /** Empty folders that containers may write to. */
  readonly volumes: readonly string[];
}

/** What a Fargate task runs. */
export class FargateTaskDefinition extends Construct {
  readonly definition: EcsTaskDefinition;

  constructor(scope: Construct, id: string, props: FargateTaskDefinitionProps) {
    super(scope, id);
    this.definition = new EcsTaskDefinition(this, 'definition', {
      family: props.family,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: String(props.size.cpuUnits),
      memory: String(props.size.memoryMiB),
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: props.architecture },
      executionRoleArn: props.roles.executionRoleArn,
      taskRoleArn: props.roles.taskRoleArn,
      containerDefinitions: JSON.stringify(props.containers),
      volume: props.volumes.map((name) => ({ name })),
    });
  }
}
