import type { Environment } from '@tideline/config';
import { type RunRecord, type UnjudgedRun, measuredModels } from '@tideline/evidence';
import { simulationDefaults } from '@tideline/scaling';

/** What the simulator takes for granted, beside what the run measured; undefined where the run gives no grounds for any of it. */
export function comparedModels(
  run: Pick<UnjudgedRun, 'environment' | 'scaling' | 'load' | 'speed'>,
  environment: Environment | null,
): RunRecord['models'] {
  if (environment === null) return undefined;
  const measured = measuredModels(run);
  const { cpuMillisecondsPerRequest } = environment.container;
  const compared = {
    ...figure('cpuMillisecondsPerRequest', {
      modelled: cpuMillisecondsPerRequest + simulationDefaults.overheadCpuMillisecondsPerRequest,
      measured: cpuMillisecondsPerRequest + (measured.overheadCpuMillisecondsPerRequest ?? NaN),
    }),
    ...plain('idleCpuPercent', measured),
    ...plain('memoryPercent', measured),
    ...plain('responseTimeMilliseconds', measured),
  };
  return Object.keys(compared).length === 0 ? undefined : compared;
}

type Models = NonNullable<RunRecord['models']>;

const plain = (
  name: keyof Models & keyof typeof simulationDefaults,
  measured: ReturnType<typeof measuredModels>,
): Models => figure(name, { modelled: simulationDefaults[name], measured: measured[name] ?? NaN });

/** Left out where it was not measured. */
const figure = (
  name: keyof Models,
  { modelled, measured }: { readonly modelled: number; readonly measured: number },
): Models => (Number.isNaN(measured) ? {} : { [name]: { modelled, measured } });
