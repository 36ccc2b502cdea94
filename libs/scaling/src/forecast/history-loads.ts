import { type Environment, type PredictivePolicy, capacityUnit } from '@tideline/config';
import { simulationDefaults } from '../simulate/simulation.ts';

/** What a request and a task without requests cost; as `SimulationOptions` has it. */
interface LoadModel {
  readonly overheadCpuMillisecondsPerRequest?: number;
  readonly idleCpuPercent?: number;
}

type LoadOfRate = (requestsPerSecond: number) => number;

/** The load that a rate of requests is, in the unit that a policy’s metric counts over all tasks or instances. */
const loadOfRate: {
  readonly [Kind in PredictivePolicy['metric']['kind']]: (
    metric: Extract<PredictivePolicy['metric'], { readonly kind: Kind }>,
    environment: Environment,
    model: Required<LoadModel>,
  ) => LoadOfRate;
} = {
  'requests-per-target': () => (requestsPerSecond) => requestsPerSecond * 60,
  cpu: ({ targetPercent }, environment, model) => {
    const { cpuMillisecondsPerRequest } = environment.container;
    const milliseconds = cpuMillisecondsPerRequest + model.overheadCpuMillisecondsPerRequest;
    const share = capacityUnit(environment).cpuUnits / 1024;
    return (requestsPerSecond) => {
      const busyPercent = (requestsPerSecond * milliseconds) / 10 / share;
      // As many as hold the target, each of which is a little busy without requests.
      return busyPercent + model.idleCpuPercent * Math.max(1, busyPercent / targetPercent);
    };
  },
};

/**
 * The load of hours of which the request rate is known, as a predictive policy counts it.
 * @param requestsPerSecond average of each hour; null where it is missing
 */
export function historyLoads(
  policy: PredictivePolicy,
  environment: Environment,
  { requestsPerSecond, ...model }: LoadModel & { readonly requestsPerSecond: readonly (number | null)[] },
): readonly (number | null)[] {
  const create = loadOfRate[policy.metric.kind] as (
    metric: PredictivePolicy['metric'],
    environment: Environment,
    model: Required<LoadModel>,
  ) => LoadOfRate;
  const { overheadCpuMillisecondsPerRequest, idleCpuPercent } = { ...simulationDefaults, ...model };
  const load = create(policy.metric, environment, { overheadCpuMillisecondsPerRequest, idleCpuPercent });
  return requestsPerSecond.map((rate) => (rate === null ? null : load(rate)));
}
