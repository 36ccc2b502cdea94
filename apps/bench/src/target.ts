import type { BenchName } from './bench-name.ts';

/** What a figure must reach. */
export interface Target {
  readonly bound: 'at least' | 'at most' | 'below';
  readonly value: number;
}

/** Targets by figure: ratios, milliseconds for the balancer’s latency, seconds for `simulate`; null where none is set. */
export const targets: Readonly<Record<BenchName, Target | null>> = {
  apiVsHono: { bound: 'at least', value: 0.8 },
  apiVsNodeHttp: null,
  balancerVsNginx: { bound: 'at least', value: 0.6 },
  balancerAddedP50Ms: { bound: 'at most', value: 1 },
  loadRunnerVsAutocannon: { bound: 'at least', value: 0.95 },
  simulate: { bound: 'below', value: 0.3 },
};

/** Whether a figure, unrounded, reaches its target. */
export function meets(value: number, target: Target): boolean {
  switch (target.bound) {
    case 'at least':
      return value >= target.value;
    case 'at most':
      return value <= target.value;
    case 'below':
      return value < target.value;
  }
}
