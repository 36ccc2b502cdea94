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
export { readCapacity } from './capacity/read-capacity.ts';
export { type KneeSearch, type StepPurpose, searchKnee } from './capacity/search-knee.ts';
export { requestsToJudge, stepSeconds } from './capacity/step-length.ts';
export type { Trace, TraceRemark } from './traces/trace.ts';
