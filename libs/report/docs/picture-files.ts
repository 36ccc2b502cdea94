import { join } from 'node:path';
import type { RunRecord } from '@tideline/evidence';
import type { ColourScheme } from '../src/html/chart-style.ts';

/** The record of the run that the README shows: of `npm run demo`, without what the picture does not need. */
export const picturedRecordFile = join(import.meta.dirname, 'demo-run-record.json');

const images = join(import.meta.dirname, '..', '..', '..', 'docs', 'images');

export const pictureFiles: Readonly<Record<ColourScheme, string>> = {
  light: join(images, 'demo-light.svg'),
  dark: join(images, 'demo-dark.svg'),
};

/** What the picture shows of a record, and where it came from. */
export const pictured = (record: RunRecord): RunRecord => ({
  ...record,
  environment: {},
  scaling: {
    ...record.scaling,
    events: [],
    metrics: record.scaling.metrics.filter(({ key }) => key === record.scaling.policies[0]?.metricKey),
  },
  load: { ...record.load, series: [] },
  assumptions: [],
});
