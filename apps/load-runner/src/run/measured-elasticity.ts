import { type Environment, listPrices } from '@tideline/config';
import { unitHourUsd } from '@tideline/cost';
import {
  type Remark,
  type RunElasticity,
  type UnitCapacity,
  type UnjudgedRun,
  capacityNoun,
  formatRate,
  runElasticity,
  targetCapacity,
} from '@tideline/evidence';

/** Figures of a run, and what they take for granted. */
interface MeasuredElasticity {
  readonly elasticity: RunElasticity;
  readonly assumptions: readonly Remark[];
}

/**
 * How well the supply of a run followed its demand; undefined where nobody watched it, or nothing says what one unit carries.
 * @param settings `capacity` null takes the target of a policy that tracks requests per target
 */
export function measuredElasticity(
  run: Pick<UnjudgedRun, 'load' | 'scaling'>,
  settings: { readonly capacity: UnitCapacity | null; readonly environment: Environment | null },
): MeasuredElasticity | undefined {
  const capacity = settings.capacity ?? targetCapacity(run.scaling);
  const elasticity = capacity === undefined ? undefined : runElasticity(run, capacity);
  if (capacity === undefined || elasticity === undefined) return undefined;
  const { environment } = settings;
  return {
    elasticity: {
      ...elasticity,
      ...(environment === null ? {} : { unitHourUsd: unitHourUsd(environment, listPrices) }),
    },
    assumptions: capacity.source === 'target' ? [assumedCapacity(run, capacity)] : [],
  };
}

const assumedCapacity = (run: Pick<UnjudgedRun, 'scaling'>, { requestsPerSecond }: UnitCapacity): Remark => ({
  code: 'TL-RUN-UNIT-CAPACITY',
  message: `Elasticity takes it that one ${capacityNoun(run, 1)} carries ${formatRate(requestsPerSecond)}, the target of its policy; nobody measured it. Give --capacity a rate, or what \`tideline capacity\` measured.`,
});
