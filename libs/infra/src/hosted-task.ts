import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { Construct } from 'constructs';
import type { ContainerDefinition } from './container-definitions.ts';
import type { TaskRoles } from './task-roles.ts';

export interface HostedTaskProps {
  readonly family: string;
  /** Limits of the whole task, which ECS enforces on Linux and places tasks by. */
  readonly size: { readonly cpuUnits: number; readonly memoryMiB: number };
  readonly roles: TaskRoles;
  readonly containers: readonly ContainerDefinition[];
}

/** What a task on an instance runs, behind the instance’s bridge: it has no address of its own. */
export class HostedTask extends Construct {
  readonly definition: EcsTaskDefinition;

  constructor(scope: Construct, id: string, props: HostedTaskProps) {
    super(scope, id);
    this.definition = new EcsTaskDefinition(this, 'definition', {
      family: props.family,
      requiresCompatibilities: ['EC2'],
      networkMode: 'bridge',
      cpu: String(props.size.cpuUnits),
      memory: String(props.size.memoryMiB),
      executionRoleArn: props.roles.executionRoleArn,
      taskRoleArn: props.roles.taskRoleArn,
      containerDefinitions: JSON.stringify(props.containers),
    });
  }
}
