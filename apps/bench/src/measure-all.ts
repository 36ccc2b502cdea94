import { type BenchName, benchNames, costNames } from './bench-name.ts';
import { type Outcome, type Skip, MeasurementError } from './outcome.ts';
import type { Rig } from './rig.ts';
import { apiCpuNames, measureApiCpu } from './groups/api-cpu-group.ts';
import { apiTracedNames, measureApiTraced } from './groups/api-traced-group.ts';
import { measureApi } from './groups/api-group.ts';
import { measureBalancerCpu } from './groups/balancer-cpu-group.ts';
import { measureBalancer } from './groups/balancer-group.ts';
import { measureLoadRunner } from './groups/load-runner-group.ts';
import { measureSimulate } from './groups/simulate-group.ts';

/** Figures that are measured together, because they share their servers. */
export interface Group {
  readonly names: readonly BenchName[];
  /** @param wanted which of the names are asked for. @throws MeasurementError */
  readonly measure: (rig: Rig, wanted: ReadonlySet<BenchName>) => Promise<Outcome>;
}

export const allGroups: readonly Group[] = [
  { names: ['simulate'], measure: measureSimulate },
  { names: ['apiVsHono', 'apiVsNodeHttp'], measure: measureApi },
  { names: apiCpuNames, measure: measureApiCpu },
  { names: apiTracedNames, measure: measureApiTraced },
  {
    names: ['balancerVsNginx', 'balancerAddedP50Ms', 'balancerP99AboveNginxMs'],
    measure: measureBalancer,
  },
  { names: costNames, measure: measureBalancerCpu },
  { names: ['loadRunnerVsAutocannon'], measure: measureLoadRunner },
];

/** Everything that was found out, and what was not. */
export interface Measured {
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly Skip[];
  /** What should have given a figure and did not. */
  readonly failed: readonly Skip[];
}

/**
 * Measures what is wanted, one group after the other; one that fails does not keep the others from being measured.
 * Each group’s servers have ended before the next begins.
 * @throws the reason of `rig.signal` once that is aborted
 */
export async function measureAll(
  rig: Rig,
  wanted: ReadonlySet<BenchName>,
  groups: readonly Group[] = allGroups,
): Promise<Measured> {
  const outcomes: Outcome[] = [];
  const failed: Skip[] = [];
  for (const { names, measure } of groups) {
    const own = names.filter((name) => wanted.has(name));
    if (own.length === 0) continue;
    try {
      outcomes.push(await measure(rig, new Set(own)));
    } catch (error) {
      rig.signal.throwIfAborted();
      if (!(error instanceof MeasurementError)) throw error;
      failed.push(...own.map((name) => ({ name, reason: error.message })));
    } finally {
      await rig.children.stopAll();
    }
    rig.signal.throwIfAborted();
  }
  const notWanted = benchNames.filter((name) => !wanted.has(name));
  const skipped = [
    ...outcomes.flatMap((outcome) => outcome.skipped ?? []),
    ...notWanted.map((name) => ({ name, reason: 'not asked for (--only)' })),
  ];
  return { outcomes, skipped, failed };
}
