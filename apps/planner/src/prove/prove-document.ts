import type { RunRecord } from '@tideline/evidence';
import type { Capacity, TraceRemark } from '@tideline/planner';
import { measuredModels } from '@tideline/evidence';
import { agreementBounds, agreementOf, agrees } from './agreement.ts';
import { goesByCalendar, offItsHourSeconds } from './at-the-hour.ts';
import { type ChosenPart, kindsOf } from './choose-part.ts';
import type { DrivenTraffic } from './drive-at.ts';
import { type ProofDocument, proofVersion } from './proof-schema.ts';
import { type Side, figuresOf, measuredSide, predictedSide } from './predict.ts';

export interface Proven {
  /** As it was driven; its trace is the part alone. */
  readonly driven: DrivenTraffic;
  readonly policy: ProofDocument['policy'];
  readonly capacity: Capacity;
  readonly part: ChosenPart;
  readonly speed: number;
  readonly record: RunRecord;
  readonly recordFile: string;
  readonly loadAverage: number;
  /** Of all processors over the run, all programs together; null where it was not seen. */
  readonly machineBusyPercent: number | null;
  readonly seed: number;
  readonly remarks: readonly TraceRemark[];
}

/** Above it, some of what runs waits for the rest: over a second, what is busy comes and goes. */
const busyMachinePercent = 85;

/** Sets what is predicted of a run beside what the twin measured. */
export function proofDocument(proven: Proven): ProofDocument {
  const { driven, part, record, capacity, policy } = proven;
  const { environment, trace } = driven;
  const loadSeconds = trace.requestsPerSecond.length * trace.stepSeconds;
  const predicted = predictedSide(driven, proven);
  const measured = measuredSide(record);
  const agreement = agreementOf(predicted.course, measured.course, {
    loadSeconds,
    firstMinuteSeconds: (60 - (record.load.fromCloudSeconds % 60)) % 60,
  });
  const figures = (side: Side) => ({
    ...figuresOf(side, environment, { ...driven, loadSeconds }),
    running: within(side.course.running, loadSeconds),
  });
  return {
    schemaVersion: proofVersion,
    kind: 'proof',
    preset: environment.preset,
    unit: capacity.unit,
    agrees: agrees(agreement),
    policy: { which: policy.which, choice: policy.choice, settings: policy.settings },
    capacity: { source: capacity.source, unit: capacity.unit, requestsPerSecond: capacity.requestsPerSecond },
    part: {
      trace: trace.name,
      startedAt: trace.startedAt.toISOString(),
      fromSeconds: part.fromStep * trace.stepSeconds,
      toSeconds: (part.fromStep + part.steps) * trace.stepSeconds,
      stepSeconds: trace.stepSeconds,
      requestsPerSecond: trace.requestsPerSecond.map((rate) => rate / driven.factor),
      scaleOuts: part.scaleOuts,
      scaleIns: part.scaleIns,
      distancePercent: part.distancePercent,
    },
    run: {
      speed: proven.speed,
      rateFactor: driven.factor,
      startUnits: environment.capacity.desired,
      record: proven.recordFile,
      generatorLimited: record.load.generatorLimited,
      wallSeconds: record.wallSeconds,
      loadAverage: proven.loadAverage,
      cpus: record.provenance.cpus,
    },
    models: measuredModels(record),
    bounds: agreementBounds,
    agreement,
    predicted: figures(predicted),
    measured: figures(measured),
    remarks: [...proven.remarks, ...runRemarks(proven)],
  };
}

/** From the start of the load to its end, each change once. */
function within(running: Side['course']['running'], loadSeconds: number): Side['course']['running'] {
  const start = running.findLast(({ seconds }) => seconds <= 0)?.count ?? running[0]?.count ?? 0;
  return [
    { seconds: 0, count: start },
    ...running.filter(({ seconds }) => seconds > 0 && seconds < loadSeconds),
  ].filter(({ count }, index, all) => index === 0 || count !== all[index - 1]?.count);
}

function runRemarks({ part, record, driven, machineBusyPercent }: Proven): readonly TraceRemark[] {
  const remark = (holds: boolean, code: string, message: string) => (holds ? [{ code, message }] : []);
  const offSeconds = offItsHourSeconds(record.load.fromCloudSeconds);
  return [
    ...remark(
      kindsOf(part) < 2,
      'TL-PROVE-PART',
      'no part of this length has a scale-out and a scale-in by the prediction: what is proven is less. Give a longer --minutes',
    ),
    ...remark(
      driven.factor !== 1,
      'TL-PROVE-RATES',
      `rates, what a unit carries and targets in requests were multiplied by ${Number(driven.factor.toPrecision(3))}, and the CPU time of a request divided by it, so that this machine could drive them; counts stay the same. The CPU time of a program of your own does not change: raise --peak where a policy follows its CPU`,
    ),
    ...remark(
      goesByCalendar(driven.environment) && Math.abs(offSeconds) > 60,
      'TL-PROVE-CLOCK',
      `the twin took ${offSeconds > 0 ? 'longer' : 'less long'} to start than was expected, so its load and that of the prediction are ${Math.round(Math.abs(offSeconds))} cloud s ${offSeconds > 0 ? 'late' : 'early'} by the calendar that scheduled and predictive policies follow`,
    ),
    ...remark(
      machineBusyPercent !== null && machineBusyPercent > busyMachinePercent,
      'TL-PROVE-MACHINE',
      `the machine was ${Math.round(machineBusyPercent ?? 0)} % busy over the run, so tasks, balancer and load waited for each other or for other programs, and CPU policies saw less than they would have. Give a lower --scale, or run it on a machine with less to do`,
    ),
    ...remark(
      record.load.generatorLimited,
      'TL-PROVE-GENERATOR',
      'the load generator sent less than was asked, so the twin saw another load than the prediction. Run it on a machine with less to do, or lower --peak or --speed',
    ),
  ];
}
