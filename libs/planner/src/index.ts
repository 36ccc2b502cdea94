export { type Capacity, capacitySchema, capacityVersion } from './capacity/capacity.ts';
export type { Trace, TraceRemark } from './traces/trace.ts';
