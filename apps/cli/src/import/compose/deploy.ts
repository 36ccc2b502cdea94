import type { ImportDraft } from '../list/import-draft.ts';
import { chooseFixedCount, putFixedCount } from '../shared/fixed-count.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { fargateSizeFor } from '../shared/task-size.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Fields of `deploy` for which a description has none (Compose Deploy specification). */
const withoutField: Readonly<Record<string, string>> = {
  mode: 'a service has as many tasks as capacity says',
  endpoint_mode: 'the balancer distributes the requests',
  labels: 'resources carry the tags of the environment',
  placement: 'ECS spreads tasks over zones',
  restart_policy: 'ECS replaces every task that ends, as often as it takes',
  rollback_config: 'deployment.circuitBreaker rolls a failed deployment back',
  update_config: 'ECS deploys by deployment.minimumHealthyPercent and deployment.maximumPercent',
};

const bytesPerUnit: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Converts the number of containers and their size. */
export function convertDeploy(draft: ImportDraft, service: SourceNode): void {
  const deploy = service.at('deploy');
  const [count, other] = [deploy.at('replicas'), service.at('scale')];
  if (count.isPresent) {
    putFixedCount(draft, count);
    draft.leave(other, 'deploy.replicas is carried over');
  } else if (other.isPresent) putFixedCount(draft, other);
  else chooseFixedCount(draft, 1);
  convertPlatform(draft, service.at('platform'));
  convertSize(draft, service);
  leaveFields(draft, deploy.at('resources'), {
    reservations: 'a task gets all of its size',
    limits: 'a task’s size is its CPU and its memory',
  });
  leaveFields(draft, deploy, withoutField);
}

function convertPlatform(draft: ImportDraft, platform: SourceNode): void {
  draft.choose('compute.kind', 'fargate', 'Fargate runs a container without machines of your own');
  const isArm = platform.text === 'linux/arm64' || platform.text === 'linux/arm64/v8';
  if (isArm || platform.text === 'linux/amd64')
    draft.put('compute.architecture', isArm ? 'ARM64' : 'X86_64', platform);
  else draft.leave(platform, 'compute.architecture takes linux/amd64 or linux/arm64');
}

/** The size of a task of Fargate that holds the limits: a limit may be any, and Fargate’s sizes are a table. */
function convertSize(draft: ImportDraft, service: SourceNode): void {
  const limits = service.at('deploy', 'resources', 'limits');
  const [cpus, memory] = [
    [limits.at('cpus'), service.at('cpus')].find(({ isPresent }) => isPresent) ?? limits.at('cpus'),
    [limits.at('memory'), service.at('mem_limit')].find(({ isPresent }) => isPresent) ?? limits.at('memory'),
  ];
  const wanted = { cpuUnits: cpuUnitsOf(cpus.value), memoryMiB: memoryMiBOf(memory.value) };
  const size = fargateSizeFor({ cpuUnits: wanted.cpuUnits ?? 256, memoryMiB: wanted.memoryMiB ?? 512 });
  const parts = [
    { to: 'compute.cpuUnits', node: cpus, wanted: wanted.cpuUnits, got: size.cpuUnits, unit: 'CPU units' },
    { to: 'compute.memoryMiB', node: memory, wanted: wanted.memoryMiB, got: size.memoryMiB, unit: 'MiB' },
  ];
  for (const part of parts) {
    if (part.wanted === null) {
      draft.leave(part.node, `${part.to} takes a number above 0, of memory with a unit such as 512M`);
      draft.choose(part.to, part.got, 'the smallest size of Fargate that holds the rest');
      continue;
    }
    draft.put(part.to, part.got, part.node);
    if (part.got !== part.wanted)
      draft.change(
        part.node,
        `Fargate’s smallest task that holds both limits has ${part.got} ${part.unit}, and the limit is ${Math.round(part.wanted * 10) / 10}`,
      );
  }
  leaveFields(draft, service, {
    cpus: 'deploy.resources.limits.cpus is carried over',
    mem_limit: 'deploy.resources.limits.memory is carried over',
  });
}

function cpuUnitsOf(value: unknown): number | null {
  const cpus = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof cpus === 'number' && cpus > 0 ? cpus * 1024 : null;
}

function memoryMiBOf(value: unknown): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmg])?b?$/i.exec(String(value));
  const bytes = Number(match?.[1]) * (bytesPerUnit[(match?.[2] ?? 'b').toLowerCase()] ?? 1);
  return bytes > 0 ? bytes / 1024 ** 2 : null;
}
