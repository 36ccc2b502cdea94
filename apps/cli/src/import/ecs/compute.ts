import { instanceTypes } from '@tideline/config';
import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import type { SourceNode } from '../source/source-node.ts';

interface Compute {
  readonly taskDefinition: SourceNode;
  readonly service: SourceNode;
  readonly container: SourceNode;
}

const smallest = { cpuUnits: 256, memoryMiB: 512 };

/** Where tasks run, how large they are, and on which architecture. */
export function convertCompute(draft: ImportDraft, sources: Compute): void {
  const { taskDefinition, service, container } = sources;
  const onEc2 = runsOnEc2(draft, sources);
  const size = { cpuUnits: putSize(draft, sources, 'cpu'), memoryMiB: putSize(draft, sources, 'memory') };
  leaveFields(draft, container, {
    cpu: 'the task’s own size is carried over, and its one container has all of it',
    memory: 'the task’s own size is carried over, and its one container has all of it',
    memoryReservation: 'a task’s memory is a hard limit here',
  });
  const architecture = taskDefinition.at('runtimePlatform', 'cpuArchitecture');
  const isArm = architecture.text === 'ARM64';
  if (onEc2) {
    chooseInstance(draft, size, isArm);
    draft.hold(architecture, 'compute.instanceType');
  } else if (isArm || architecture.text === 'X86_64')
    draft.put('compute.architecture', architecture.text, architecture);
  else draft.leave(architecture, 'compute.architecture takes X86_64 or ARM64');
  const family = taskDefinition.at('runtimePlatform', 'operatingSystemFamily');
  if (family.text === 'LINUX') draft.hold(family, 'compute.kind');
  else draft.leave(family, 'tasks run Linux here');
  const network = taskDefinition.at('networkMode');
  if (network.text === (onEc2 ? 'bridge' : 'awsvpc')) draft.hold(network, 'compute.kind');
  else
    draft.leave(
      network,
      `tasks of compute.kind ${onEc2 ? 'ecs-ec2 have the mode bridge' : 'fargate have the mode awsvpc'}`,
    );
  for (const node of taskDefinition.at('requiresCompatibilities').items) {
    const isSo = node.text === (onEc2 ? 'EC2' : 'FARGATE');
    if (isSo) draft.hold(node, 'compute.kind');
    else draft.leave(node, `tasks run on ${onEc2 ? 'instances' : 'Fargate'} here`);
  }
  leaveFields(draft, service, {
    platformVersion: 'Fargate’s latest platform version runs the tasks',
    platformFamily: 'tasks run Linux here',
  });
}

function runsOnEc2(draft: ImportDraft, { taskDefinition, service }: Compute): boolean {
  const launchType = service.at('launchType');
  const strategy = service.at('capacityProviderStrategy').items;
  const providers = strategy.map((one) => one.at('capacityProvider').text ?? '');
  const compatible = taskDefinition.at('requiresCompatibilities').items.map(({ text }) => text);
  const isFargate = (name: string): boolean => name.startsWith('FARGATE');
  const onEc2 =
    strategy.length > 0
      ? !providers.some(isFargate)
      : launchType.isPresent
        ? launchType.text !== 'FARGATE'
        : compatible.length > 0 && !compatible.includes('FARGATE');
  draft.put('compute.kind', onEc2 ? 'ecs-ec2' : 'fargate', ...(launchType.isPresent ? [launchType] : []));
  if (launchType.text === 'EXTERNAL')
    draft.change(launchType, 'tasks run on EC2 instances, and not on machines of your own');
  if (!launchType.isPresent && strategy.length === 0 && compatible.length === 0)
    draft.note('compute.kind', 'the source does not say where tasks run: fargate');
  for (const [index, one] of strategy.entries()) {
    const name = providers[index] ?? '';
    if (name === 'FARGATE') draft.hold(one.at('capacityProvider'), 'compute.kind');
    else if (name === 'FARGATE_SPOT')
      draft.leave(one, 'every task runs on Fargate: no Fargate Spot is described');
    else
      draft.leave(
        one.at('capacityProvider'),
        'a description makes a capacity provider of its own (compute.kind ecs-ec2)',
      );
    if (name !== 'FARGATE_SPOT')
      leaveFields(draft, one, {
        base: 'one capacity provider takes every task',
        weight: 'one capacity provider takes every task',
      });
  }
  return onEc2;
}

/** A part of a task’s size. */
interface Part {
  readonly to: string;
  /** How it is written with a unit. */
  readonly unit: RegExp;
  /** Fields of the container that say it where no other does. */
  readonly otherwise: readonly string[];
  readonly smallest: number;
}

const parts: Readonly<Record<'cpu' | 'memory', Part>> = {
  cpu: { to: 'compute.cpuUnits', unit: /^([\d.]+)\s*vcpu$/i, otherwise: [], smallest: smallest.cpuUnits },
  memory: {
    to: 'compute.memoryMiB',
    unit: /^([\d.]+)\s*gb$/i,
    otherwise: ['memoryReservation'],
    smallest: smallest.memoryMiB,
  },
};

/** The size of the task, or that of its container where the task has none. 1024 CPU units are a vCPU, 1024 MiB a GB. */
function putSize(draft: ImportDraft, { taskDefinition, container }: Compute, part: 'cpu' | 'memory'): number {
  const { to, unit, otherwise, smallest: least } = parts[part];
  const candidates = [taskDefinition.at(part), ...[part, ...otherwise].map((name) => container.at(name))];
  for (const node of candidates) {
    const text = String(node.value);
    const size = /^\d+$/.test(text) ? Number(text) : Number(unit.exec(text)?.[1] ?? Number.NaN) * 1024;
    if (Number.isInteger(size) && size > 0) {
      draft.put(to, size, node);
      return size;
    }
    if (text !== '0') draft.leave(node, `${to} takes a whole number`);
  }
  draft.choose(to, least, 'the source says no size');
  return least;
}

function chooseInstance(draft: ImportDraft, size: typeof smallest, isArm: boolean): void {
  const names = Object.keys(instanceTypes) as (keyof typeof instanceTypes)[];
  const fitting = names.filter((name) => {
    const { vcpus, registeredMemoryMiB, architecture } = instanceTypes[name];
    const isRight = architecture === (isArm ? 'ARM64' : 'X86_64') && !name.startsWith('t2.');
    return isRight && vcpus * 1024 >= size.cpuUnits && registeredMemoryMiB - 64 >= size.memoryMiB;
  });
  const largest = isArm ? 't4g.large' : 't3.large';
  draft.choose(
    'compute.instanceType',
    fitting[0] ?? largest,
    'the answers do not hold the instances: the smallest type with room for a task. Set it to yours',
  );
  draft.choose('compute.instances.max', 10, 'the answers do not hold the bounds of the Auto Scaling group');
}
