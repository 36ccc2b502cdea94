import {
  type PartFigures,
  type Trace,
  type TraceRemark,
  type Capacity,
  PolicyJudge,
  asMeasured,
  partFigures,
} from '@tideline/planner';
import type { Environment, PriceTable } from '@tideline/config';
import type { Simulation } from '@tideline/scaling';

export const simulationVersion = 1;

/** What `tideline simulate --json` prints. */
export interface SimulationDocument {
  readonly schemaVersion: typeof simulationVersion;
  readonly kind: 'simulation';
  readonly preset: string;
  readonly unit: Capacity['unit'];
  readonly trace: Omit<Trace, 'requestsPerSecond' | 'remarks' | 'startedAt'> & {
    readonly startedAt: string;
    readonly meanRequestsPerSecond: number;
    readonly peakRequestsPerSecond: number;
  };
  readonly capacity: Pick<Capacity, 'source' | 'requestsPerSecond'>;
  readonly durationSeconds: number;
  readonly figures: PartFigures;
  /** Every change of desired or running, from the start of the trace. */
  readonly timeline: readonly {
    readonly seconds: number;
    readonly desired: number;
    readonly running: number;
  }[];
  readonly decisions: Simulation['decisions'];
  readonly remarks: readonly TraceRemark[];
}

export interface Simulated {
  readonly environment: Environment;
  readonly trace: Trace;
  readonly capacity: Capacity;
  readonly prices: PriceTable;
  readonly seed: number;
  readonly remarks: readonly TraceRemark[];
}

/** Runs a description over a trace, in virtual time. */
export function simulationDocument(simulated: Simulated): SimulationDocument {
  const { environment, trace, capacity } = simulated;
  const { requestsPerSecond: rates, stepSeconds } = trace;
  const durationSeconds = rates.length * stepSeconds;
  const judge = new PolicyJudge(simulated);
  const simulation = judge.simulate(environment, durationSeconds, asMeasured);
  const outcome = judge.outcomeOf(simulation, environment, {
    part: { fromSeconds: 0, toSeconds: durationSeconds },
    condition: asMeasured,
  });
  return {
    schemaVersion: simulationVersion,
    kind: 'simulation',
    preset: environment.preset,
    unit: capacity.unit,
    trace: {
      name: trace.name,
      startedAt: trace.startedAt.toISOString(),
      stepSeconds,
      meanRequestsPerSecond: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
      peakRequestsPerSecond: rates.reduce((most, rate) => Math.max(most, rate), 0),
    },
    capacity: { source: capacity.source, requestsPerSecond: capacity.requestsPerSecond },
    durationSeconds,
    figures: partFigures(outcome),
    timeline: simulation.points
      .map(({ seconds, desired, running }) => ({ seconds, desired, running }))
      .filter(
        ({ desired, running }, index, points) =>
          index === 0 ||
          index === points.length - 1 ||
          desired !== points[index - 1]?.desired ||
          running !== points[index - 1]?.running,
      ),
    decisions: simulation.decisions,
    remarks: [...trace.remarks, ...simulated.remarks],
  };
}
