import type { BenchName } from '../bench-name.ts';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { measureApi } from './api-group.ts';
import { measureBalancer } from './balancer-group.ts';
import { measureLoadRunner } from './load-runner-group.ts';
import { measureSimulate } from './simulate-group.ts';

/** Figures that are measured together, because they share their servers. */
export interface Group {
  readonly names: readonly BenchName[];
  /** @param wanted which of the names are asked for. @throws MeasurementError */
  readonly measure: (rig: Rig, wanted: ReadonlySet<BenchName>) => Promise<Outcome>;
}

export const groups: readonly Group[] = [
  { names: ['simulate'], measure: measureSimulate },
  { names: ['apiVsHono', 'apiVsNodeHttp'], measure: measureApi },
  { names: ['balancerVsNginx', 'balancerAddedP50Ms'], measure: measureBalancer },
  { names: ['loadRunnerVsAutocannon'], measure: measureLoadRunner },
];
