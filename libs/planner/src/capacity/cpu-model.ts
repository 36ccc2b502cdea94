import { robustLine } from './robust-line.ts';

/** CPU of a unit over a stretch of time, at its mean rate. */
export interface CpuPoint {
  readonly requestsPerSecond: number;
  /** Of what the unit reserves. */
  readonly cpuPercent: number;
}

/** CPU utilisation = idle + slope x rate. */
export interface CpuModel {
  readonly idleCpuPercent: number;
  readonly percentPerRequestRate: number;
}

/** Above this share of what a unit can get, CPU says only that the load was too much. */
const saturatedShare = 0.95;
/** CPU of an idle unit cannot be told from no CPU below a spread of rates of this ratio. */
const leastSpread = 1.2;

/**
 * CPU by rate: a robust line over all stretches below saturation.
 * @param highestCpuPercent most that a unit can get, percent of what it reserves
 * @returns null where rates differ too little, or requests cost nothing that can be told from noise
 */
export function cpuModel(points: readonly CpuPoint[], highestCpuPercent: number): CpuModel | null {
  const usable = points.filter(({ cpuPercent }) => cpuPercent < highestCpuPercent * saturatedShare);
  const rates = usable.map(({ requestsPerSecond }) => requestsPerSecond);
  if (!(Math.max(...rates) > Math.min(...rates) * leastSpread)) return null;
  const line = robustLine(
    usable.map(({ requestsPerSecond, cpuPercent }) => ({ x: requestsPerSecond, y: cpuPercent })),
  );
  if (line === null || line.slope <= 0) return null;
  return { idleCpuPercent: Math.max(0, line.intercept), percentPerRequestRate: line.slope };
}

/** Utilisation at a rate, percent. */
export const cpuPercentAt = (
  { idleCpuPercent, percentPerRequestRate }: CpuModel,
  requestsPerSecond: number,
): number => idleCpuPercent + percentPerRequestRate * requestsPerSecond;

/** CPU time of one request, milliseconds. @param vCpus that the unit reserves */
export const cpuMillisecondsPerRequest = ({ percentPerRequestRate }: CpuModel, vCpus: number): number =>
  percentPerRequestRate * 10 * vCpus;
