export {
  type CountFrom,
  type Elasticity,
  elasticitySchema,
  type ElasticityInput,
  type RateFrom,
  demandOf,
  elasticity,
} from './elasticity/elasticity.ts';
export { minuteRates, runElasticity, targetCapacity } from './elasticity/run-elasticity.ts';
export type { RunElasticity, UnitCapacity } from './elasticity/run-elasticity-schema.ts';
export type { Expectations, UnjudgedRun } from './judge/expectations.ts';
export { judgeRelease } from './judge/judge-release.ts';
export { judgeRun } from './judge/judge-run.ts';
export { type MeasuredModels, measuredModels } from './measure/measured-models.ts';
export {
  type CapacityProvider,
  type CapacityUnitName,
  type InstanceCounts,
  type MetricSeries,
  type Observation,
  type PolicyObservation,
  type RuntimeObservation,
  type ScalingActivity,
  type ServiceCounts,
  type ServiceEvent,
  type StoresObservation,
  highestSpeed,
  observationSchema,
} from './record/observation.ts';
export {
  type ReleaseInterval,
  type ReleaseRecord,
  type UnjudgedRelease,
  releaseRecordSchema,
  releaseRecordVersion,
} from './record/release-record.ts';
export { type FaultCost, type FaultName } from './record/fault-cost.ts';
export { faultCostsSince } from './record/fault-costs-since.ts';
export { RunRecordError, parseRunRecord } from './record/parse-run-record.ts';
export {
  capacityNoun,
  formatCount,
  formatMeasure,
  formatMilliseconds,
  formatRate,
} from './record/quantity.ts';
export {
  type Check,
  type EndpointAnswers,
  type Failures,
  type InstancePoint,
  type InstanceScaling,
  type Latency,
  type LoadPhase,
  type NotJudged,
  type Remark,
  type RunRecord,
  type KeptFigures,
  type SaleFigures,
  type TimelinePoint,
  type Verdict,
  runRecordSchema,
  runRecordVersion,
} from './record/run-record.ts';
export {
  type PhaseName,
  type PhaseWindow,
  isScaleIn,
  isScaleOut,
  scaleOutWindows,
} from './judge/scale-out-windows.ts';
