import { HistogramLogWriter } from 'hdr-histogram-js';
import { addCounts, latencyHistogram } from '../load/figures/latency-histogram.ts';
import type { RunTrace } from './run.ts';

/** Values are microseconds; the column of maxima of a log is in milliseconds. */
const microsecondsPerMillisecond = 1000;

/**
 * The latencies of answered requests as an HdrHistogram log, version 1.3: a histogram for each stretch of about a quarter second, in
 * microseconds to 3 digits. Times are wall seconds since the load began.
 */
export function hdrLog({ startedAt, load }: Pick<RunTrace, 'startedAt' | 'load'>): string {
  const lines: string[] = [];
  const writer = new HistogramLogWriter((line) => lines.push(line));
  writer.outputLogFormatVersion();
  writer.outputComment('[Latencies of answered requests, microseconds; by Tideline]');
  writer.outputStartTime(startedAt.getTime());
  writer.outputLegend();
  let fromSeconds = 0;
  for (const { wallMs, latencies } of load.buckets) {
    const toSeconds = fromSeconds + wallMs / 1000;
    const histogram = latencyHistogram();
    addCounts(histogram, latencies);
    writer.outputIntervalHistogram(histogram, fromSeconds, toSeconds, microsecondsPerMillisecond);
    fromSeconds = toSeconds;
  }
  return lines.join('');
}
