import { type RunRecord, formatCount, formatMeasure } from '@tideline/evidence';
import { formatCloudTime } from './cloud-time.ts';
import { spokenName } from './plain-text.ts';
import { type Table, left, right } from './table.ts';

/** What clients saw, phase by phase, and over the whole load. */
export function phaseTable({ load }: RunRecord): Table {
  const whole = { ...load, name: 'whole load' };
  return {
    columns: [
      left('phase'),
      right('from'),
      right('to'),
      right('requests'),
      right('req/s'),
      right('failed'),
      right('p50 ms'),
      right('p90 ms'),
      right('p99 ms'),
      right('p99.9 ms'),
      right('max ms'),
    ],
    rows: [...load.phases, whole].map((phase) => [
      spokenName(phase.name),
      formatCloudTime(phase.fromCloudSeconds),
      formatCloudTime(phase.toCloudSeconds),
      formatCount(phase.requests),
      formatCount(phase.requestsPerSecond),
      formatCount(phase.failures.total),
      formatMeasure(phase.latencyMs.p50),
      formatMeasure(phase.latencyMs.p90),
      formatMeasure(phase.latencyMs.p99),
      formatMeasure(phase.latencyMs.p999),
      formatMeasure(phase.latencyMs.max),
    ]),
  };
}
