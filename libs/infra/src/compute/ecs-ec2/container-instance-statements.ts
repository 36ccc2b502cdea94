import { arnIn } from '@tideline/config';
import type { Statement } from '../../ground/policy-document.ts';
import { type ExecutionScope, executionStatements } from '../task-permissions.ts';

export interface AgentScope {
  readonly region: string;
  readonly accountId: string;
  /** Name of the one cluster that instances register with. */
  readonly cluster: string;
}

/**
 * What an instance does for ECS: register with its cluster, pull the image of its tasks, log, and tell what they do. These are
 * the rights of AmazonEC2ContainerServiceforEC2Role, without making clusters and without tags, which nothing here asks for.
 * Secrets are read by the execution role of a task, never by the instance.
 */
export const containerInstanceStatements = (
  scope: AgentScope & Omit<ExecutionScope, 'secretArns'>,
): readonly Statement[] => [...executionStatements({ ...scope, secretArns: [] }), ...agentStatements(scope)];

/** What the ECS agent itself does. */
export function agentStatements({ region, accountId, cluster: name }: AgentScope): readonly Statement[] {
  const cluster = arnIn(region, `ecs:${region}:${accountId}:cluster/${name}`);
  return [
    // It takes no resource (service authorization reference, Amazon ECS).
    { Sid: 'FindEcs', Effect: 'Allow', Action: ['ecs:DiscoverPollEndpoint'], Resource: '*' },
    {
      Sid: 'Register',
      Effect: 'Allow',
      Action: [
        'ecs:DeregisterContainerInstance',
        'ecs:RegisterContainerInstance',
        'ecs:SubmitAttachmentStateChanges',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitTaskStateChange',
      ],
      Resource: cluster,
    },
    {
      Sid: 'Work',
      Effect: 'Allow',
      Action: ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState'],
      Resource: arnIn(region, `ecs:${region}:${accountId}:container-instance/${name}/*`),
      Condition: { ArnEquals: { 'ecs:cluster': cluster } },
    },
  ];
}
