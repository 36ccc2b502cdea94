import type { BenchName } from './bench-name.ts';

/** What a figure must reach. */
export interface Target {
  readonly bound: 'at least' | 'at most';
  readonly value: number;
}

/** Targets by figure: ratios, milliseconds for latencies, seconds for `simulate`; null where none is set. */
export const targets: Readonly<Record<BenchName, Target | null>> = {
  apiVsHono: { bound: 'at least', value: 0.8 },
  apiVsNodeHttp: null,
  apiCpuVsHono: { bound: 'at least', value: 0.82 },
  apiCpuVsHonoUnlogged: { bound: 'at least', value: 0.92 },
  apiCpuVsNodeHttp: null,
  apiCpuVsFastify: null,
  apiCpuVsExpress: { bound: 'at least', value: 2.5 },
  apiTracedVsApi: { bound: 'at least', value: 0.85 },
  apiSampledVsApi: { bound: 'at least', value: 0.97 },
  honoTracedVsHono: null,
  balancerVsNginx: { bound: 'at least', value: 0.6 },
  balancerCpuSmall: { bound: 'at most', value: 1.25 },
  balancerCpuLarge: { bound: 'at most', value: 1.6 },
  balancerCpuPerConnection: { bound: 'at most', value: 2.5 },
  balancerAddedP50Ms: { bound: 'at most', value: 1 },
  balancerP99AboveNginxMs: { bound: 'at most', value: 0 },
  loadRunnerVsAutocannon: { bound: 'at least', value: 0.95 },
  simulate: { bound: 'at most', value: 0.1 },
};

/** Whether a figure, unrounded, reaches its target. */
export function meets(value: number, target: Target): boolean {
  return target.bound === 'at least' ? value >= target.value : value <= target.value;
}
