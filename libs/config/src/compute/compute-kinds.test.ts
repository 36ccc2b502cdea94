import { describe, expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import type { EnvironmentInput } from '../environment.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { capacityFacts } from './compute-kinds.ts';
import { hostSize, instancesForTasks, tasksPerInstance } from './container-instance.ts';

type ComputeInput = Omit<Extract<EnvironmentInput['compute'], { kind: 'ecs-ec2' }>, 'kind'>;

const factsOf = (over: Partial<EnvironmentInput>) => capacityFacts(resolveEnvironment(description(over)));

const hosted = (compute: ComputeInput = {}, capacity: EnvironmentInput['capacity'] = {}) =>
  factsOf({ compute: { ...compute, kind: 'ecs-ec2' }, capacity });

function onInstances(compute: ComputeInput) {
  const { containerInstances } = hosted(compute);
  if (containerInstances === null) throw new Error('the tasks have instances');
  return containerInstances;
}

describe('an instance', () => {
  test('gives tasks its vCPUs, and the memory that it registers without what is kept from them', () => {
    const compute = onInstances({ instanceType: 't2.small', reservedMemoryMiB: 64 });
    expect(hostSize(compute)).toEqual({ cpuUnits: 1024, memoryMiB: 1836 });
  });

  test.each([
    { task: { cpuUnits: 256, memoryMiB: 512 }, tasks: 3, by: 'memory' },
    { task: { cpuUnits: 128, memoryMiB: 640 }, tasks: 2, by: 'memory that it does not register in full' },
    { task: { cpuUnits: 512, memoryMiB: 256 }, tasks: 2, by: 'CPU' },
    { task: { cpuUnits: 256, memoryMiB: 512, taskPerInstance: true }, tasks: 1, by: 'the constraint' },
  ])('has room for $tasks tasks of $task, bounded by $by', ({ task, tasks }) => {
    const compute = onInstances({ ...task, instanceType: 't2.small' });
    expect(tasksPerInstance(compute)).toBe(tasks);
    expect(instancesForTasks(compute, tasks)).toBe(1);
    expect(instancesForTasks(compute, tasks + 1)).toBe(2);
  });
});

describe('CPU utilisation', () => {
  test('of a task on an instance goes up to all of the instance, of one on Fargate to what it has', () => {
    expect(hosted({ instanceType: 't2.small', cpuUnits: 256 }).highestCpuPercent).toBe(400);
    expect(factsOf({ compute: { kind: 'fargate' } }).highestCpuPercent).toBe(100);
  });
});

describe('a service on instances', () => {
  test('runs at most the tasks that the maximum of instances has room for', () => {
    const capacity = { min: 1, max: 9, desired: 1 };
    expect(hosted({ instances: { max: 2 } }, capacity).mostUnits).toBe(6);
    expect(hosted({ instances: { max: 2 }, taskPerInstance: true }, capacity).mostUnits).toBe(2);
    expect(hosted({ instances: { max: 4 } }, capacity).mostUnits).toBe(9);
  });

  test('comes back to the instances that its fewest tasks need, packed tightly or one on each', () => {
    const instances = { min: 1, max: 5 };
    const fewest = (min: number) => ({ min, max: 9, desired: min });
    expect(hosted({ instances }, fewest(1)).instancesAtRest).toEqual({ atLeast: 1, atMost: 1 });
    expect(hosted({ instances }, fewest(4)).instancesAtRest).toEqual({ atLeast: 2, atMost: 4 });
    expect(hosted({ instances, taskPerInstance: true }, fewest(4)).instancesAtRest).toEqual({
      atLeast: 4,
      atMost: 4,
    });
    expect(hosted({ instances, targetCapacityPercent: 50 }, fewest(1)).instancesAtRest).toEqual({
      atLeast: 2,
      atMost: 2,
    });
  });

  test('comes back to none where none is needed', () => {
    const idle = hosted({ instances: { min: 0, max: 3 } }, { min: 0, max: 3, desired: 0 });
    expect(idle.instancesAtRest).toEqual({ atLeast: 0, atMost: 0 });
  });

  test('has neither bound where tasks run on Fargate', () => {
    const fargate = factsOf({ compute: { kind: 'fargate' }, capacity: { max: 7 } });
    expect(fargate.instancesAtRest).toBeNull();
    expect(fargate.mostUnits).toBe(7);
  });
});
