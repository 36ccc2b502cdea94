export type { MetricReads } from './traces/cloudwatch/metric-reads.ts';
export {
  type Replay,
  type ReplayCommandOptions,
  addReplayOptions,
  replayArguments,
  replayFromOptions,
} from './traces/command-line/replay-options.ts';
export {
  type AwsTraceSource,
  type TraceCommandOptions,
  addAwsTraceOptions,
  addTraceOptions,
  traceFromOptions,
} from './traces/command-line/trace-options.ts';
export { splitRow } from './traces/csv/split-row.ts';
export { type TraceOptions, openTrace } from './traces/open-trace.ts';
export { type ShapeName, type ShapeOptions, createShape, shapeNames } from './traces/shapes/create-shape.ts';
export {
  type Capacity,
  type CapacityProposal,
  type CapacityStep,
  type Objective,
  type RefusedCapacity,
  type StepVerdict,
  capacitySchema,
  capacityVersion,
  refusedCapacitySchema,
} from './capacity/capacity.ts';
export {
  type CpuModel,
  type CpuPoint,
  cpuMillisecondsPerRequest,
  cpuModel,
  cpuPercentAt,
} from './capacity/cpu-model.ts';
export { type StepLimits, judgeStep } from './capacity/judge-step.ts';
export { type RateInterval, halfWidth } from './capacity/knee-interval.ts';
export { formatObjective, parseObjective } from './capacity/objective.ts';
export {
  type ObservedCapacity,
  type ObservedPeriod,
  observedCapacity,
} from './capacity/observed-capacity.ts';
export { defaultHeadroomPercent, propose } from './capacity/propose.ts';
export { documentProblem } from './documents/document-problem.ts';
export { readCapacity } from './capacity/read-capacity.ts';
export { type KneeSearch, type StepPurpose, searchKnee } from './capacity/search-knee.ts';
export { requestsToJudge, stepSeconds } from './capacity/step-length.ts';
export type { Trace, TraceRemark } from './traces/trace.ts';
export { traceRates } from './traces/trace-rates.ts';
export { type AssumedCapacity, assumedCapacity } from './capacity/assumed-capacity.ts';
export { capacityOf } from './capacity/capacity-of.ts';
export { planPolicies } from './plan/plan-policies.ts';
export { partFigures, planDocument } from './plan/plan-document.ts';
export {
  type PartFigures,
  type PlanDocument,
  type PlanEntry,
  type PlanSettings,
  partFiguresSchema,
  planDocumentSchema,
  remarkSchema,
} from './plan/plan-schema.ts';
export type { Choice, PlanLimits } from './plan/recommend.ts';
export type { PlanSubject } from './families/family.ts';
export { withSettings } from './families/families.ts';
export { type Outcome, asMeasured } from './judge/outcome.ts';
export { type JudgeInput, PolicyJudge } from './judge/policy-judge.ts';
export { type EvaluateAll, type Job, evaluate, firstPart } from './search/evaluate.ts';
