import {
  type Trace,
  type TraceRemark,
  type Capacity,
  PolicyJudge,
  asMeasured,
  partFigures,
  capacitySchema,
  partFiguresSchema,
  remarkSchema,
  traceRates,
} from '@tideline/planner';
import type { DeepReadonly, Environment, PriceTable } from '@tideline/config';
import * as z from 'zod';

export const simulationVersion = 1;

const count = z.int().min(0);

/** What `tideline simulate --json` prints. */
export const simulationSchema = z.strictObject({
  schemaVersion: z.literal(simulationVersion),
  kind: z.literal('simulation'),
  preset: z.string(),
  unit: capacitySchema.shape.unit,
  trace: z.strictObject({
    name: z.string(),
    startedAt: z.iso.datetime(),
    stepSeconds: z.number().positive(),
    meanRequestsPerSecond: z.number().min(0),
    peakRequestsPerSecond: z.number().min(0),
  }),
  capacity: capacitySchema.pick({ source: true, requestsPerSecond: true }).strict(),
  durationSeconds: z.number().min(0),
  figures: partFiguresSchema,
  timeline: z
    .array(z.strictObject({ seconds: z.number().min(0), desired: count, running: count }))
    .describe('Every change of desired or running, from the start of the trace.'),
  decisions: z.array(
    z.strictObject({
      seconds: z.number().min(0),
      policy: z.string(),
      outcome: z.enum(['scaled', 'not-scaled', 'failed']),
      from: count,
      to: count,
      cause: z.string(),
      reason: z.string(),
      reasonCode: z.string().optional(),
    }),
  ),
  remarks: z.array(remarkSchema),
});
export type SimulationDocument = DeepReadonly<z.infer<typeof simulationSchema>>;

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
      ...traceRates(trace),
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
