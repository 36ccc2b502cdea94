import { join } from 'node:path';
import type { Objective } from '@tideline/planner';
import { describedEnvironment, writeWhole } from '@tideline/process';
import { measureCapacity } from '../capacity/measure-capacity.ts';
import { fittedSecondsOf } from '../plan/plan-traffic.ts';
import { ProcessError } from '../processes/process-error.ts';
import { makeOutputFolder } from '../shared/output-folder.ts';
import { type Traffic, knownCapacity, traceOf } from '../shared/traffic-options.ts';
import type { ProveCommandOptions } from './prove-command.ts';
import type { PlannedPolicy } from './read-plan.ts';
import { refuseOtherPlan } from './refuse-other-plan.ts';
import type { ProveSurroundings } from './run-prove.ts';

/** Wall time that the measurement may take. */
const capacitySeconds = 180;

/**
 * The traffic of a description of which nothing says what a unit carries: it is measured. That takes minutes, so everything
 * else is read, and what is wrong with it said, before.
 * @throws ConfigurationError, UsageError, ProcessError, MissingBundleError, InterruptedError, WriteError
 */
export async function measuredTraffic(
  options: ProveCommandOptions,
  { objective, planned }: { readonly objective: Objective; readonly planned: PlannedPolicy | null },
  surroundings: ProveSurroundings,
): Promise<Traffic> {
  const environment = await describedEnvironment(options, surroundings.variables);
  const trace = await traceOf(options);
  if (planned === null) fittedSecondsOf({ trace }, options.heldOut);
  else refuseOtherPlan(planned, { environment, trace }, options);
  const file = await measuredFile(options, objective, surroundings);
  return { environment, trace, ...(await knownCapacity(file, environment)) };
}

/** Measures one unit, and keeps the document. @returns its file */
async function measuredFile(
  options: ProveCommandOptions,
  objective: Objective,
  { variables, signal, onProgress }: ProveSurroundings,
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
