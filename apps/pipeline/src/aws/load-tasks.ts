import {
  DescribeTasksCommand,
  ECSClient,
  RunTaskCommand,
  StopTaskCommand,
  type RunTaskCommandInput,
  type Task,
} from '@aws-sdk/client-ecs';
import { loadRunnerContainerName } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { ClientSettings } from './client-settings.ts';

/** A task to start: where, of what, with which command. */
export interface TaskRequest {
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly command: readonly string[];
  /** ECS starts one task for it, however often it is asked. */
  readonly runId: string;
}

/** A task as ECS describes it (API reference, Task). */
export interface TaskState {
  /** PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED. */
  readonly lastStatus: string;
  readonly stopCode: string | null;
  readonly stoppedReason: string | null;
  /** Of the load runner’s container; null while it has none. */
  readonly exitCode: number | null;
  /** Why the container ended, where ECS says more than of the task, such as OutOfMemoryError. */
  readonly containerReason: string | null;
}

/** Tasks of the load runner. */
export interface LoadTasks {
  /** @returns the task’s ARN. @throws PipelineError TL-PIPE-LOAD-START when ECS starts none */
  run(request: TaskRequest): Promise<string>;
  /** Null when ECS does not know it, which it may not for some seconds after a start. */
  describe(cluster: string, taskArn: string): Promise<TaskState | null>;
  stop(cluster: string, taskArn: string, reason: string): Promise<void>;
}

/** What ECS answers when the request is understood, and no task comes of it. */
const refusals = new Set([
  'BlockedException',
  'ClientException',
  'InvalidParameterException',
  'PlatformTaskDefinitionIncompatibilityException',
  'PlatformUnknownException',
]);

export function ecsLoadTasks(settings: ClientSettings): LoadTasks {
  const client = new ECSClient(settings);
  return {
    run: async (request) => {
      try {
        const { tasks = [], failures = [] } = await client.send(new RunTaskCommand(runTaskInput(request)));
        const arn = tasks[0]?.taskArn;
        if (arn !== undefined) return arn;
        const [{ reason = 'no reason', detail = '' } = {}] = failures;
        throw notStarted(`${reason} ${detail}`.trim());
      } catch (error) {
        if (error instanceof Error && refusals.has(error.name))
          throw notStarted(`${error.name}: ${error.message}`, error);
        throw error;
      }
    },
    describe: async (cluster, taskArn) => {
      const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }));
      return tasks[0] === undefined ? null : taskState(tasks[0]);
    },
    stop: async (cluster, task, reason) => {
      await client.send(new StopTaskCommand({ cluster, task, reason }));
    },
  };
}

/** In a public subnet with an address of its own: the service’s names lead to public addresses. */
const runTaskInput = (request: TaskRequest): RunTaskCommandInput => ({
  cluster: request.cluster,
  taskDefinition: request.taskDefinition,
  launchType: 'FARGATE',
  count: 1,
  clientToken: request.runId,
  startedBy: request.runId,
  networkConfiguration: {
    awsvpcConfiguration: {
      subnets: [...request.subnetIds],
      securityGroups: [request.securityGroupId],
      assignPublicIp: 'ENABLED',
    },
  },
  overrides: { containerOverrides: [{ name: loadRunnerContainerName, command: [...request.command] }] },
});

function taskState({ lastStatus = '', stopCode, stoppedReason, containers = [] }: Task): TaskState {
  // The only one that the task definition has.
  const [container] = containers;
  return {
    lastStatus,
    stopCode: stopCode ?? null,
    stoppedReason: stoppedReason ?? null,
    exitCode: container?.exitCode ?? null,
    containerReason: container?.reason ?? null,
  };
}

const notStarted = (reason: string, cause?: unknown): PipelineError =>
  new PipelineError(
    'TL-PIPE-LOAD-START',
    `ECS started no task of the load runner: ${reason}. Where capacity is missing, try again later; else correct what ECS names, then run load again`,
    { cause },
  );
