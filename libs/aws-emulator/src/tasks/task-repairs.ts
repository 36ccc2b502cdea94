import { z } from 'zod';
import { type Repair, amending } from '../gateway/repair.ts';
import type { LogStream, TaskContainer, TaskProcesses, TaskProgram } from './task-processes.ts';

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

const variable = z.object({ name: z.string(), value: z.string().default('') });
const definition = z.object({
  taskDefinition: z.object({
    family: z.string(),
    containerDefinitions: z
      .array(
        z.object({
          name: z.string(),
          command: z.array(z.string()).default([]),
          environment: z.array(variable).default([]),
          mountPoints: z.array(z.object({ containerPath: z.string() })).default([]),
          stopTimeout: z.number().default(30),
          logConfiguration: z.object({ options: z.record(z.string(), z.string()) }).optional(),
        }),
      )
      .min(1),
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
const task = z.looseObject({ taskArn: z.string(), taskDefinitionArn: z.string() });
const tasks = z.looseObject({ tasks: z.array(task) });
const stopped = z.looseObject({ task });

const ecs = 'AmazonEC2ContainerServiceV20141113';
const asRecord = (variables: readonly z.output<typeof variable>[]) =>
  Object.fromEntries(variables.map(({ name, value }) => [name, value]));

/** The task as its process has it. */
const described = (found: z.output<typeof task>, { processes }: TaskRepairsOptions) => {
  const { exitCode, ...state } = processes.state(found.taskArn) ?? {};
  if (!('lastStatus' in state)) return found;
  const { lastStatus } = state;
  return {
    ...found,
    ...state,
    containers: [{ taskArn: found.taskArn, lastStatus, ...(exitCode !== undefined && { exitCode }) }],
  };
};

/** Tasks that run: moto keeps them in a list, and runs nothing. */
export function taskRepairs(options: TaskRepairsOptions): readonly Repair[] {
  const { processes, programs, ask } = options;
  const definitionOf = async (arn: string) =>
    definition.parse(await ask(`${ecs}.DescribeTaskDefinition`, { taskDefinition: arn }, 'ecs'))
      .taskDefinition;
  const run = async (found: z.output<typeof task>, asked: unknown): Promise<void> => {
    const { family, containerDefinitions } = await definitionOf(found.taskDefinitionArn);
    const [container] = containerDefinitions;
    const program = programs[family];
    if (container === undefined || program === undefined) return;
    const over = overrides
      .parse(asked)
      .overrides.containerOverrides.find(({ name }) => name === container.name);
    const log = logStream(found.taskArn, container);
    if (log !== null) await ask('Logs_20140328.CreateLogStream', { ...log }, 'logs');
    const started: TaskContainer = {
      name: container.name,
      command: over?.command ?? container.command,
      environment: { ...asRecord(container.environment), ...asRecord(over?.environment ?? []) },
      volumePaths: container.mountPoints.map(({ containerPath }) => containerPath),
      stopTimeoutSeconds: container.stopTimeout,
      log,
    };
    processes.start(found.taskArn, program, started);
  };
  return [
    {
      service: 'ecs',
      operation: 'RunTask',
      aws: 'runs the task’s containers; PROVISIONING comes first',
      answer: async (request, forward) => {
        const answer = await forward();
        if (answer.status >= 300) return answer;
        const body = tasks.parse(JSON.parse(answer.body));
        for (const one of body.tasks) await run(one, request.parameters);
        const provisioning = body.tasks.map((one) =>
          processes.state(one.taskArn) === undefined ? one : { ...one, lastStatus: 'PROVISIONING' },
        );
        return { ...answer, body: JSON.stringify({ ...body, tasks: provisioning }) };
      },
    },
    {
      service: 'ecs',
      operation: 'DescribeTasks',
      aws: 'says how far a task has come, and why it stopped',
      answer: amending((body) => {
        const listed = tasks.parse(body);
        return { ...listed, tasks: listed.tasks.map((one) => described(one, options)) };
      }),
    },
    {
      service: 'ecs',
      operation: 'StopTask',
      aws: 'sends SIGTERM, and SIGKILL after the stop timeout of the container',
      answer: async (request, forward) => {
        const answer = await forward();
        if (answer.status >= 300) return answer;
        const body = stopped.parse(JSON.parse(answer.body));
        const { containerDefinitions } = await definitionOf(body.task.taskDefinitionArn);
        processes.stop(body.task.taskArn, {
          reason: z.object({ reason: z.string().default('') }).parse(request.parameters).reason,
          timeoutSeconds: containerDefinitions[0]?.stopTimeout ?? 30,
        });
        return { ...answer, body: JSON.stringify({ ...body, task: described(body.task, options) }) };
      },
    },
  ];
}

/** Where the awslogs driver puts a container’s output: `prefix/container/task`. */
function logStream(
  taskArn: string,
  { name, logConfiguration }: z.output<typeof definition>['taskDefinition']['containerDefinitions'][number],
): LogStream | null {
  const { 'awslogs-group': logGroupName, 'awslogs-stream-prefix': prefix } = logConfiguration?.options ?? {};
  if (logGroupName === undefined) return null;
  const taskId = taskArn.slice(taskArn.lastIndexOf('/') + 1);
  return { logGroupName, logStreamName: `${prefix ?? ''}/${name}/${taskId}` };
}
