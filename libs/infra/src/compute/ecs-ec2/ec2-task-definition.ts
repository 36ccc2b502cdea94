import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { Construct } from 'constructs';
import type { ContainerDefinition } from '../container-definitions.ts';
import type { TaskRoles } from '../task-roles.ts';

export interface Ec2TaskDefinitionProps {
  readonly family: string;
  readonly roles: TaskRoles;
  /** With the CPU and memory that ECS places the task by. */
  readonly containers: readonly ContainerDefinition[];
}

/**
 * What a task on an instance runs, behind the instance’s bridge: it has no address of its own. The task has no size: one of
 * its CPU would be a hard limit, where the container’s is a share that may use what no other task uses (ECS guide, task size).
 */
export class Ec2TaskDefinition extends Construct {
  readonly definition: EcsTaskDefinition;

  constructor(scope: Construct, id: string, props: Ec2TaskDefinitionProps) {
    super(scope, id);
    this.definition = new EcsTaskDefinition(this, 'definition', {
      family: props.family,
      requiresCompatibilities: ['EC2'],
      networkMode: 'bridge',
      executionRoleArn: props.roles.executionRoleArn,
      taskRoleArn: props.roles.taskRoleArn,
      containerDefinitions: JSON.stringify(props.containers),
    });
  }
}
