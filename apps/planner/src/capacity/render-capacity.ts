import { formatMilliseconds, formatRate } from '@tideline/evidence';
import {
  type Capacity,
  type CapacityStep,
  type RefusedCapacity,
  formatObjective,
  halfWidth,
} from '@tideline/planner';

const percent = (value: number | null): string =>
  value === null ? '-' : `${value.toFixed(value < 10 ? 1 : 0)} %`;

/** One line of a step, as it ends. */
export function renderStep(step: CapacityStep): string {
  const { purpose, requestsPerSecond, seconds, latencyMilliseconds, failedPercent, cpuPercent, verdict } =
    step;
  const columns = [
    purpose.padEnd(8),
    `${rateText(requestsPerSecond).padStart(7)} requests/s`,
    `${seconds.toFixed(0).padStart(3)} s`,
    formatMilliseconds(latencyMilliseconds).padStart(9),
    `failed ${percent(failedPercent)}`.padEnd(13),
    `CPU ${percent(cpuPercent)}`.padEnd(9),
    verdict === 'held' ? 'held' : `broke: ${brokeBy[verdict]}`,
  ];
  return columns.join('  ');
}

const brokeBy: Readonly<Record<Exclude<CapacityStep['verdict'], 'held'>, string>> = {
  latency: 'latency',
  errors: 'errors',
  'cpu-share': 'more CPU than its share',
  generator: 'the generator, made again',
  machine: 'the machine was full, made again',
};

const rateText = (rate: number): string => (rate < 100 ? rate.toFixed(1) : rate.toFixed(0));

const limits: Readonly<Record<NonNullable<Capacity['limitedBy']>, string>> = {
  latency: 'latency breaks first',
  errors: 'errors come first',
  'cpu-share': 'it would take more CPU than it reserves',
  'not-reached': 'never reached: this is a lower bound',
};

const refusals: Readonly<Record<RefusedCapacity['limitedBy'], string>> = {
  generator: 'the load generator broke before the target did; use a machine with more CPU to spare',
  machine:
    'this machine ran out of CPU before the task did; stop what else runs on it, or use one with more processors',
  time: 'time ran out below the knee; give more --seconds, or begin higher with --start',
  objective: 'the objective holds at no rate; allow more with --slo',
};

const isAnswer = (capacity: Capacity | RefusedCapacity): capacity is Capacity =>
  capacity.requestsPerSecond !== null;

/** What a measurement came to, for a terminal. */
export function renderCapacity(capacity: Capacity | RefusedCapacity): string {
  const { unit, target = '', objective, remarks = [] } = capacity;
  const judged = objective === null ? '' : ` at ${formatObjective(objective)}`;
  const lines = isAnswer(capacity)
    ? answer(capacity, judged)
    : [
        `No answer${judged} for one ${unit} at ${target}: ${refusals[capacity.limitedBy]}.`,
        ...(capacity.heldRequestsPerSecond === null
          ? []
          : [`It held at ${formatRate(capacity.heldRequestsPerSecond)}: a lower bound.`]),
      ];
  return [...lines, ...remarks.map((remark) => `- ${remark}`)].join('\n');
}

function answer(capacity: Capacity, judged: string): string[] {
  const { unit, target = '', requestsPerSecond, limitedBy, proposal } = capacity;
  const { value, low, high } = requestsPerSecond;
  const { cpuMillisecondsPerRequest, idleCpuPercent, cpuPercentAtCapacity } = capacity;
  const interval = `${rateText(low)} to ${rateText(high)}, ± ${(halfWidth(requestsPerSecond) * 100).toFixed(1)} %`;
  return [
    `One ${unit} at ${target} carries ${formatRate(value)}${judged} (${interval}).`,
    ...(limitedBy === undefined ? [] : [`Above that: ${limits[limitedBy]}.`]),
    ...(cpuMillisecondsPerRequest === null
      ? []
      : [
          `CPU: ${cpuMillisecondsPerRequest.toPrecision(3)} ms a request, ${percent(idleCpuPercent)} idle, ${percent(cpuPercentAtCapacity)} at that rate.`,
        ]),
    ...(proposal === null || proposal === undefined
      ? []
      : [
          `With ${proposal.headroomPercent} % headroom: requestsPerTargetPerMinute ${proposal.requestsPerTargetPerMinute}` +
            (proposal.cpuTargetPercent === null
              ? '; CPU is no guide here.'
              : `, or a CPU target of ${proposal.cpuTargetPercent} %.`),
        ]),
  ];
}
