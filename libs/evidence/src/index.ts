export {
  type MetricSeries,
  type Observation,
  type PolicyObservation,
  type ScalingActivity,
  type ServiceCounts,
  type ServiceEvent,
  observationSchema,
} from './observation.ts';
export {
  type Check,
  type Failures,
  type Latency,
  type LoadPhase,
  type Remark,
  type RunRecord,
  type TimelinePoint,
  runRecordSchema,
  runRecordVersion,
} from './run-record.ts';
