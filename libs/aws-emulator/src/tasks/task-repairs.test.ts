import { beforeEach, describe, expect, test } from '@jest/globals';
import { callRepair } from '../../test/call-repair.ts';
import type { TaskContainer, TaskState } from './task-processes.ts';
import { taskRepairs } from './task-repairs.ts';

const owner = 'arn:aws:ecs:us-east-1:123456789012';
const definition = {
  taskDefinitionArn: `${owner}:task-definition/load:3`,
  containerDefinitions: [
    {
      name: 'load-runner',
      command: ['--help'],
      environment: [{ name: 'A', value: 'one' }],
      mountPoints: [{ containerPath: '/reports' }],
      stopTimeout: 120,
      logConfiguration: { options: { 'awslogs-group': '/ecs/load', 'awslogs-stream-prefix': 'task' } },
    },
  ],
};

describe('ECS tasks behind the gateway', () => {
  let started: TaskContainer[];
  let stopped: unknown[];
  let asked: string[];
  let state: TaskState;
  let repairs: ReturnType<typeof taskRepairs>;

  beforeEach(() => {
    [started, stopped, asked] = [[], [], []];
    state = { lastStatus: 'PENDING', desiredStatus: 'RUNNING' };
    repairs = taskRepairs({
      programs: { load: { file: 'node', args: ['main.mjs'] } },
      processes: {
        start: (_arn, _program, container) => started.push(container),
        state: () => state,
        stop: (_arn, options) => stopped.push(options),
      },
      ask: (target, parameters) => {
        asked.push(`${target} ${JSON.stringify(parameters)}`);
        return Promise.resolve({ taskDefinition: definition });
      },
    });
  });

  const run = async (more: Readonly<Record<string, unknown>> = {}) => {
    const answer = await callRepair(repairs, 'RunTask', {
      parameters: { cluster: 'one', taskDefinition: definition.taskDefinitionArn, ...more },
    });
    return (answer as { tasks: { taskArn: string; lastStatus: string }[] }).tasks[0]!;
  };

  test('RunTask starts the program with the command and the variables of the override over those of the container', async () => {
    const environment = [{ name: 'B', value: 'two' }];
    const overrides = {
      containerOverrides: [{ name: 'load-runner', command: ['--target', 'x'], environment }],
    };
    const { taskArn, lastStatus } = await run({ overrides });
    expect(lastStatus).toBe('PROVISIONING');
    expect(taskArn).toMatch(/^arn:aws:ecs:us-east-1:123456789012:task\/one\/[0-9a-f]{32}$/);
    const log = {
      logGroupName: '/ecs/load',
      logStreamName: `task/load-runner/${taskArn.split('/').at(-1) ?? ''}`,
    };
    expect(started).toEqual([
      { command: ['--target', 'x'], environment: { A: 'one', B: 'two' }, volumePaths: ['/reports'], log },
    ]);
    expect(asked.at(-1)).toBe(`Logs_20140328.CreateLogStream ${JSON.stringify(log)}`);
  });

  test('RunTask with the same token is the same task', async () => {
    const first = await run({ clientToken: 'a' });
    expect((await run({ clientToken: 'a' })).taskArn).toBe(first.taskArn);
    expect((await run({ clientToken: 'b' })).taskArn).not.toBe(first.taskArn);
    expect(started).toHaveLength(2);
  });

  test('DescribeTasks says how the process ended', async () => {
    const { taskArn } = await run();
    state = {
      ...{ lastStatus: 'STOPPED', desiredStatus: 'STOPPED', exitCode: 137 },
      ...{ stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' },
    };
    const { exitCode, ...task } = state;
    expect(await callRepair(repairs, 'DescribeTasks', { parameters: { tasks: [taskArn] } })).toMatchObject({
      tasks: [{ taskArn, ...task, containers: [{ exitCode }] }],
    });
  });

  test('StopTask gives the process the stop timeout of the container', async () => {
    const { taskArn } = await run();
    await callRepair(repairs, 'StopTask', { parameters: { task: taskArn, reason: 'enough' } });
    expect(stopped).toEqual([{ reason: 'enough', timeoutSeconds: 120 }]);
  });

  test('a task without a program is moto’s', async () => {
    const moto = { tasks: [{ taskArn: 'moto’s' }] };
    for (const [operation, parameters] of [
      ['RunTask', { taskDefinition: 'other:1' }],
      ['DescribeTasks', { tasks: ['moto’s'] }],
      ['StopTask', { task: 'moto’s' }],
    ] as const)
      expect(await callRepair(repairs, operation, { parameters, moto })).toEqual(moto);
    expect(started).toEqual([]);
  });
});
