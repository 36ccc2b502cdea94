import { type LoadPhase, type RunRecord, formatCount, formatMeasure } from '@tideline/evidence';
import { formatCloudTime } from './cloud-time.ts';
import { spokenName } from './plain-text.ts';
import { type Table, left, right } from './table.ts';

const measures: Readonly<Record<string, (phase: Omit<LoadPhase, 'name'>) => string>> = {
  from: ({ fromCloudSeconds }) => formatCloudTime(fromCloudSeconds),
  to: ({ toCloudSeconds }) => formatCloudTime(toCloudSeconds),
  requests: ({ requests }) => formatCount(requests),
  'req/s': ({ requestsPerSecond }) => formatCount(requestsPerSecond),
  failed: ({ failures }) => formatCount(failures.total),
  'p50 ms': ({ latencyMs }) => formatMeasure(latencyMs.p50),
  'p90 ms': ({ latencyMs }) => formatMeasure(latencyMs.p90),
  'p95 ms': ({ latencyMs }) => (latencyMs.p95 === undefined ? '–' : formatMeasure(latencyMs.p95)),
  'p99 ms': ({ latencyMs }) => formatMeasure(latencyMs.p99),
  'p99.9 ms': ({ latencyMs }) => formatMeasure(latencyMs.p999),
  'max ms': ({ latencyMs }) => formatMeasure(latencyMs.max),
};

/** What clients saw, phase by phase, and over the whole load. */
export const phaseTable = ({ load }: RunRecord): Table => ({
  columns: [left('phase'), ...Object.keys(measures).map(right)],
  rows: [...load.phases, { ...load, name: 'whole load' }].map((phase) => [
    spokenName(phase.name),
    ...Object.values(measures).map((of) => of(phase)),
  ]),
});
