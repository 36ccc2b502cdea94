import type { RunRecord } from '@tideline/evidence';
import { formatCloudTime } from './cloud-time.ts';
import { type Table, left, right } from './table.ts';

/** What AWS’s services said of each step, in their own sentences. */
export const eventTable = ({ scaling }: RunRecord): Table => ({
  columns: [right('time'), left('event')],
  rows: scaling.events.map(({ cloudSeconds, message }) => [formatCloudTime(cloudSeconds), message]),
});
