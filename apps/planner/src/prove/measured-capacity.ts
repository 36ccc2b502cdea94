import { join } from 'node:path';
import type { Objective } from '@tideline/planner';
import { type Variables, writeWhole } from '@tideline/process';
import { measureCapacity } from '../capacity/measure-capacity.ts';
import { ProcessError } from '../processes/process-error.ts';
import { makeOutputFolder } from '../shared/output-folder.ts';
import type { ProveCommandOptions } from './prove-command.ts';

/** Wall time that the measurement may take. */
const capacitySeconds = 180;

/** What a measurement needs of the program that wants it. */
export interface MeasuringSurroundings {
  readonly variables: Variables;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/**
 * Measures one unit where nothing says what it carries, and keeps the document. @returns its file
 * @throws ConfigurationError, UsageError, ProcessError, MissingBundleError, InterruptedError, WriteError
 */
export async function measuredCapacity(
  options: ProveCommandOptions,
  objective: Objective,
  { variables, signal, onProgress }: MeasuringSurroundings,
): Promise<string> {
  makeOutputFolder(options.out);
  const file = join(options.out, 'capacity.json');
  onProgress('prove: measuring what one unit carries; --capacity FILE|RATE says it without');
  const capacity = await measureCapacity(
    {
      ...{ preset: options.preset, config: options.config, set: options.set, slo: options.slo },
      ...{ headroom: 20, seconds: capacitySeconds, out: file, allowRemote: false, json: false, quiet: true },
    },
    objective,
    {
      ...{ bundleUrl: import.meta.url, variables, signal },
      onTarget: () => undefined,
      onStep: ({ requestsPerSecond, verdict }) =>
        onProgress(`prove: ${Number(requestsPerSecond.toPrecision(3))} requests/s: ${verdict}`),
    },
  );
  writeWhole(file, `${JSON.stringify(capacity, null, 2)}\n`);
  if (capacity.requestsPerSecond === null)
    throw new ProcessError(
      `what one unit carries was not found (${capacity.limitedBy}); ${file} says what was seen. Give it with --capacity FILE|RATE`,
    );
  return file;
}
