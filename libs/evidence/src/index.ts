export { capacityNoun } from './capacity-noun.ts';
export type { Expectations, UnjudgedRun } from './expectations.ts';
export { highestSpeed } from './highest-speed.ts';
export { judgeRelease } from './judge-release.ts';
export { judgeRun } from './judge-run.ts';
export {
  type CapacityProvider,
  type CapacityUnitName,
  type InstanceCounts,
  type MetricSeries,
  type Observation,
  type PolicyObservation,
  type ScalingActivity,
  type ServiceCounts,
  type ServiceEvent,
  type Stores,
  observationSchema,
} from './observation.ts';
export {
  type ReleaseInterval,
  type ReleaseRecord,
  type UnjudgedRelease,
  releaseRecordSchema,
  releaseRecordVersion,
} from './release-record.ts';
export { parseRunRecord } from './parse-run-record.ts';
export { formatCount, formatMeasure, formatMilliseconds, formatRate } from './quantity.ts';
export {
  type Check,
  type Failures,
  type InstancePoint,
  type InstanceScaling,
  type Latency,
  type LoadPhase,
  type NotJudged,
  type Remark,
  type RunRecord,
  type TimelinePoint,
  type Verdict,
  runRecordVersion,
} from './run-record.ts';
export {
  type PhaseName,
  type PhaseWindow,
  isScaleIn,
  isScaleOut,
  scaleOutWindows,
} from './scale-out-windows.ts';
export type { SaleFigures } from './sale-figures.ts';
