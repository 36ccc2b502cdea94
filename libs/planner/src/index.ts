export { type Capacity, capacitySchema, capacityVersion } from './capacity/capacity.ts';
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
export type { Trace, TraceRemark } from './traces/trace.ts';
