import { capacityFacts, computeFacts, type DescribedCapacity } from './compute/compute-kinds.ts';
import type { Environment } from './environment.ts';
import { type ErrorRule, refuse } from './errors/error-rule.ts';
import { figure, warn, type WarningRule } from './warnings/warning-rule.ts';

/** CPU (1024 units are one vCPU) and memory of a part of a task or an instance. */
export interface Share {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

type Described = DescribedCapacity & Pick<Environment, 'observability'>;

/** What the collector of traces takes of each task or instance; nothing where tracing is off. */
export const collectorShare = ({ observability: { tracing } }: Pick<Environment, 'observability'>): Share =>
  tracing.enabled
    ? { cpuUnits: tracing.collectorCpuUnits, memoryMiB: tracing.collectorMemoryMiB }
    : { cpuUnits: 0, memoryMiB: 0 };

/** What is left of a unit of capacity for the program itself, as the twin executes it. */
export function programShare(environment: Described): Share {
  const { cpuUnits, memoryMiB } = capacityFacts(environment).unit;
  const collector = collectorShare(environment);
  return { cpuUnits: cpuUnits - collector.cpuUnits, memoryMiB: memoryMiB - collector.memoryMiB };
}

/** CPU units that are left for the program at AWS, where an instance has all of its vCPUs. */
export const programCpuUnitsAtAws = (environment: Described): number =>
  capacityFacts(environment).cpuUnitsAtAws - collectorShare(environment).cpuUnits;

/** The least that the shipped backend starts with: its TASK_CPU_UNITS, and Node with its heap. */
const least: Share = { cpuUnits: 128, memoryMiB: 128 };

/** A task that its collector fills starts nothing else. */
export const collectorFits: ErrorRule = (environment) => {
  const { cpuUnits, memoryMiB } = programShare(environment);
  const collector = collectorShare(environment);
  if (collector.cpuUnits === 0) return [];
  return [
    ...(cpuUnits >= least.cpuUnits
      ? []
      : refuse(
          'TL-CONFIG-COLLECTOR-SHARE',
          'observability.tracing.collectorCpuUnits',
          `${collector.cpuUnits} of ${cpuUnits + collector.cpuUnits} CPU units leave ${cpuUnits} for the program; at least ${least.cpuUnits} must be left. Lower it, or raise the size of compute`,
        )),
    ...(memoryMiB >= least.memoryMiB
      ? []
      : refuse(
          'TL-CONFIG-COLLECTOR-SHARE',
          'observability.tracing.collectorMemoryMiB',
          `${collector.memoryMiB} of ${memoryMiB + collector.memoryMiB} MiB leave ${memoryMiB} for the program; at least ${least.memoryMiB} must be left. Lower it, or raise the size of compute`,
        )),
  ];
};

/** Above this share of a unit, tracing costs more capacity than it usually may. */
const mostPercent = 25;

export const collectorTakesMuch: WarningRule = (environment) => {
  const { unit } = capacityFacts(environment);
  const collector = collectorShare(environment);
  const much = (
    [
      ['collectorCpuUnits', collector.cpuUnits, unit.cpuUnits, 'CPU units'],
      ['collectorMemoryMiB', collector.memoryMiB, unit.memoryMiB, 'MiB'],
    ] as const
  ).filter(([, own, whole]) => own * 100 > whole * mostPercent);
  return much.flatMap(([field, own, whole, measure]) =>
    warn(
      'TL-WARN-COLLECTOR-SHARE',
      `observability.tracing.${field}`,
      `the collector of traces takes ${own} of the ${whole} ${measure} of each ${unitWord(environment)}, ${figure((own / whole) * 100)} %. Choose a larger size in compute, or lower it to ${Math.floor((whole * mostPercent) / 100)} where the collector gets by with that`,
    ),
  );
};

const unitWord = (environment: Described): string =>
  capacityFacts(environment).instanceType !== null && capacityFacts(environment).containerInstances === null
    ? 'instance'
    : 'task';

/** A registry outside the account cannot be reached by endpoints. */
export const collectorImageInReach: ErrorRule = (environment) => {
  const { network, observability } = environment;
  const { enabled, collectorImage } = observability.tracing;
  const reaches = network.egress === 'nat' || computeFacts(environment).hasPublicAddresses;
  return !enabled || reaches || /^\d{12}\.dkr\.ecr\./.test(collectorImage)
    ? []
    : refuse(
        'TL-CONFIG-COLLECTOR-IMAGE',
        'observability.tracing.collectorImage',
        `got ${collectorImage} with egress ${network.egress}: tasks of Fargate, and instances in private subnets, reach no registry but the account’s own. Copy the image into an ECR repository and name it here, or set network.egress to nat`,
      );
};
