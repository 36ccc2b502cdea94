import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Repair } from '../gateway/repair.ts';
import type { LogStream, TaskProcesses, TaskProgram } from './task-processes.ts';

/** Asks moto another question than the client did. @returns the answer’s JSON */
export type AskMoto = (
  target: string,
  parameters: Readonly<Record<string, unknown>>,
  service: string,
) => Promise<unknown>;

export interface TaskRepairsOptions {
  readonly processes: Pick<TaskProcesses, 'start' | 'state' | 'stop'>;
  /** By the family of their task definition. Tasks of others stay as moto has them. */
  readonly programs: Readonly<Record<string, TaskProgram>>;
  readonly ask: AskMoto;
}

/** What ECS waits after SIGTERM unless the container says otherwise (API reference, ContainerDefinition). */
const defaultStopSeconds = 30;
const variable = z.object({ name: z.string(), value: z.string().default('') });
const definition = z.object({
  taskDefinition: z.object({
    taskDefinitionArn: z.string(),
    // The first is the one that runs.
    containerDefinitions: z.tuple(
      [
        z.object({
          name: z.string(),
          command: z.array(z.string()).default([]),
          environment: z.array(variable).default([]),
          mountPoints: z.array(z.object({ containerPath: z.string() })).default([]),
          stopTimeout: z.number().default(defaultStopSeconds),
          logConfiguration: z.object({ options: z.record(z.string(), z.string()) }).optional(),
        }),
      ],
      z.unknown(),
    ),
  }),
});
const overrides = z.object({
  overrides: z
    .object({
      containerOverrides: z
        .array(
          z.object({
            name: z.string(),
            command: z.array(z.string()).optional(),
            environment: z.array(variable).default([]),
          }),
        )
        .default([]),
    })
    .default({ containerOverrides: [] }),
});
const runRequest = overrides.extend({
  cluster: z.string().default('default'),
  taskDefinition: z.string(),
  clientToken: z.string().optional(),
  launchType: z.string().optional(),
  startedBy: z.string().optional(),
});
const describeRequest = z.object({ tasks: z.array(z.string()) });
const stopRequest = z.object({ task: z.string(), reason: z.string().default('') });

const ecs = 'AmazonEC2ContainerServiceV20141113';
const asRecord = (variables: readonly z.output<typeof variable>[]) =>
  Object.fromEntries(variables.map(({ name, value }) => [name, value]));

/** A task whose process stands for it, without what changes while it runs. */
interface KnownTask {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly launchType: string | undefined;
  readonly startedBy: string | undefined;
}

/** Tasks that run: moto keeps them in a list, and runs nothing. Moto answers for every task without a program. */
export function taskRepairs({ processes, programs, ask }: TaskRepairsOptions): readonly Repair[] {
  const known = new Map<string, KnownTask>();
  const stopTimeouts = new Map<string, number>();
  /** A client that asks again with the same token is given the same task. */
  const byToken = new Map<string, string>();
  const definitionOf = async (name: string) =>
    definition.parse(await ask(`${ecs}.DescribeTaskDefinition`, { taskDefinition: name }, 'ecs'))
      .taskDefinition;
  const described = (task: KnownTask) => {
    const { exitCode, ...state } = processes.state(task.taskArn) ?? {};
    const containers = [{ taskArn: task.taskArn, ...(exitCode !== undefined && { exitCode }) }];
    return { ...task, ...state, containers };
  };
  const run = async (asked: z.output<typeof runRequest>, program: TaskProgram): Promise<KnownTask> => {
    const { taskDefinitionArn, containerDefinitions } = await definitionOf(asked.taskDefinition);
    const [, partition = '', account = ''] = /^arn:([\w-]+):ecs:([\w-]+:\d+):/.exec(taskDefinitionArn) ?? [];
    const cluster = asked.cluster.slice(asked.cluster.lastIndexOf('/') + 1);
    const owner = `arn:${partition}:ecs:${account}`;
    const task: KnownTask = {
      taskArn: `${owner}:task/${cluster}/${randomUUID().replaceAll('-', '')}`,
      clusterArn: `${owner}:cluster/${cluster}`,
      taskDefinitionArn,
      launchType: asked.launchType,
      startedBy: asked.startedBy,
    };
    const [container] = containerDefinitions;
    const over = asked.overrides.containerOverrides.find(({ name }) => name === container.name);
    const log = logStream(task.taskArn, container);
    if (log !== null) await ask('Logs_20140328.CreateLogStream', { ...log }, 'logs');
    known.set(task.taskArn, task);
    stopTimeouts.set(task.taskArn, container.stopTimeout);
    processes.start(task.taskArn, program, {
      command: over?.command ?? container.command,
      environment: { ...asRecord(container.environment), ...asRecord(over?.environment ?? []) },
      volumePaths: container.mountPoints.map(({ containerPath }) => containerPath),
      log,
    });
    return task;
  };
  return [
    {
      service: 'ecs',
      operation: 'RunTask',
      aws: 'runs the task’s containers; PROVISIONING comes first',
      answer: async ({ parameters }, forward) => {
        const asked = runRequest.parse(parameters);
        const program = programs[familyOf(asked.taskDefinition)];
        if (program === undefined) return forward();
        const earlier = known.get(byToken.get(asked.clientToken ?? '') ?? '');
        const task = earlier ?? (await run(asked, program));
        if (asked.clientToken !== undefined) byToken.set(asked.clientToken, task.taskArn);
        return json({ tasks: [{ ...described(task), lastStatus: 'PROVISIONING' }], failures: [] });
      },
    },
    {
      service: 'ecs',
      operation: 'DescribeTasks',
      aws: 'says how far a task has come, and why it stopped',
      answer: async ({ parameters }, forward) => {
        const found = describeRequest.parse(parameters).tasks.flatMap((arn) => known.get(arn) ?? []);
        return found.length === 0 ? forward() : json({ tasks: found.map(described), failures: [] });
      },
    },
    {
      service: 'ecs',
      operation: 'StopTask',
      aws: 'sends SIGTERM, and SIGKILL after the stop timeout of the container',
      answer: async ({ parameters }, forward) => {
        const { task: arn, reason } = stopRequest.parse(parameters);
        const task = known.get(arn);
        if (task === undefined) return forward();
        processes.stop(arn, { reason, timeoutSeconds: stopTimeouts.get(arn) ?? defaultStopSeconds });
        return json({ task: described(task) });
      },
    },
  ];
}

const json = (body: unknown) => ({ status: 200, body: JSON.stringify(body) });

/** Of an ARN, `family:revision` or a family alone. */
const familyOf = (taskDefinition: string): string =>
  taskDefinition.slice(taskDefinition.lastIndexOf('/') + 1).replace(/:\d+$/, '');

/** Where the awslogs driver puts a container’s output: `prefix/container/task`. */
function logStream(
  taskArn: string,
  { name, logConfiguration }: z.output<typeof definition>['taskDefinition']['containerDefinitions'][0],
): LogStream | null {
  const { 'awslogs-group': logGroupName, 'awslogs-stream-prefix': prefix } = logConfiguration?.options ?? {};
  if (logGroupName === undefined) return null;
  const taskId = taskArn.slice(taskArn.lastIndexOf('/') + 1);
  return { logGroupName, logStreamName: `${prefix ?? ''}/${name}/${taskId}` };
}
