import { loadavg } from 'node:os';
import { type Provenance, provenance } from '@tideline/process';
import { type BenchName, type RatioName, ratioNames } from '../bench-name.ts';
import type { Measured } from '../measure-all.ts';
import type { CpuComparison, Figure, PacedLatency, SimulateFigures, Skip } from '../outcome.ts';
import { type Settings, connections } from '../settings.ts';
import { meets, type Target, targets } from '../target.ts';

/** Which code ran, on what machine, and how busy that was. */
interface BenchProvenance extends Provenance {
  /** Processes that wanted a CPU during the last minute before the benchmark: above `cpus`, the machine was busy with other work. */
  readonly loadAverageBefore: number;
}

/** @param folder somewhere inside the checkout */
export const benchProvenance = async (folder: string): Promise<BenchProvenance> => ({
  ...(await provenance(folder)),
  loadAverageBefore: loadavg()[0] ?? 0,
});

/** A figure beside what it must reach. */
export interface JudgedFigure extends Figure {
  readonly target: Target | null;
  /** Null where there is no target. */
  readonly met: boolean | null;
}

/** Content of bench.json. What was not measured is null, and in `skipped` or `failed` with the reason. */
export interface BenchReport {
  readonly schemaVersion: 1;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly provenance: BenchProvenance;
  /** Throughput is measured with this, over `settings.connections` connections. */
  readonly loadTool: string;
  readonly settings: Settings & { readonly connections: number };
  readonly ratios: Readonly<Record<RatioName, number | null>>;
  readonly balancerAddedP50Ms: number | null;
  readonly pacedLatencyMs: PacedLatency | null;
  /** Every comparison of CPU time per request. */
  readonly cpu: readonly CpuComparison[];
  readonly simulate: SimulateFigures | null;
  readonly figures: readonly JudgedFigure[];
  readonly skipped: readonly Skip[];
  readonly failed: readonly Skip[];
}

/** Puts what was measured into the report’s form. */
export function benchReport(
  measured: Measured,
  run: Pick<BenchReport, 'startedAt' | 'finishedAt' | 'provenance' | 'loadTool'> & {
    readonly settings: Settings;
  },
): BenchReport {
  const { outcomes, skipped, failed } = measured;
  const figures = outcomes.flatMap((outcome) => outcome.figures).map(judge);
  const valueOf = (name: BenchName): number | null =>
    figures.find((figure) => figure.name === name)?.value ?? null;
  return {
    schemaVersion: 1,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    provenance: run.provenance,
    loadTool: run.loadTool,
    settings: { ...run.settings, connections },
    ratios: Object.fromEntries(ratioNames.map((name) => [name, valueOf(name)])) as Record<
      RatioName,
      number | null
    >,
    balancerAddedP50Ms: valueOf('balancerAddedP50Ms'),
    pacedLatencyMs: outcomes.find(({ pacedLatencyMs }) => pacedLatencyMs)?.pacedLatencyMs ?? null,
    cpu: outcomes.flatMap(({ cpu = [] }) => cpu),
    simulate: outcomes.find(({ simulate }) => simulate)?.simulate ?? null,
    figures,
    skipped,
    failed,
  };
}

function judge(figure: Figure): JudgedFigure {
  const target = targets[figure.name];
  return { ...figure, target, met: target === null ? null : meets(figure.value, target) };
}
