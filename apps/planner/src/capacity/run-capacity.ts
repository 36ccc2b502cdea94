import {
  type Capacity,
  type Objective,
  type RefusedCapacity,
  formatObjective,
  parseObjective,
} from '@tideline/planner';
import {
  type ProgramContext,
  UsageError,
  type Variables,
  checkOutputFile,
  describedEnvironment,
  exitCodes,
  provenance,
  writeWhole,
} from '@tideline/process';
import type { CapacityOptions } from './capacity-options.ts';
import { measureCapacity } from './measure-capacity.ts';
import { renderCapacity, renderStep } from './render-capacity.ts';

/** `capacity`: measures or reads, writes the document, says what it came to. @returns 0, or 1 where there is no answer */
export async function runCapacity(
  options: CapacityOptions,
  context: Pick<ProgramContext, 'env' | 'stdout' | 'stderr'>,
  { bundleUrl, signal }: { readonly bundleUrl: string; readonly signal: AbortSignal },
): Promise<number> {
  refuseContradictions(options);
  const objective = parseObjective(options.slo);
  // A measurement takes minutes: that its document cannot be written is said before it.
  checkOutputFile('--out', options.out);
  const say = (line: string): void => {
    if (!options.quiet) context.stderr.write(`${line}\n`);
  };
  const { env: variables } = context;
  const capacity: Capacity | RefusedCapacity =
    options.from === undefined
      ? await measureCapacity(options, objective, {
          ...{ bundleUrl, signal, variables },
          onTarget: ({ unit, target, cpuShare }) =>
            say(
              `one ${unit} at ${target}, ${formatObjective(objective)}; CPU ${cpuShare?.description ?? 'not measured'}`,
            ),
          onStep: (step) => say(renderStep(step)),
        })
      : await readFromAws(options, objective, variables);
  const document = `${JSON.stringify(capacity, null, 2)}\n`;
  context.stdout.write(options.json ? document : `${renderCapacity(capacity)}\n`);
  writeWhole(options.out, document);
  say(`written to ${options.out}`);
  return capacity.requestsPerSecond === null ? exitCodes.failed : exitCodes.done;
}

async function readFromAws(
  options: CapacityOptions,
  objective: Objective,
  variables: Variables,
): Promise<Capacity> {
  const environment = await describedEnvironment(options, variables);
  // The SDK is large: no measurement has to load it.
  const { sdkHistoryReads } = await import('./aws/sdk-history-reads.ts');
  const { capacityFromAws, defaultDays } = await import('./aws/capacity-from-aws.ts');
  const startedAt = new Date();
  const code = await provenance(import.meta.dirname);
  return capacityFromAws(
    {
      ...{ environment, objective, headroomPercent: options.headroom, days: options.days ?? defaultDays },
      provenance: { ...code, measuredAt: startedAt.toISOString(), wallSeconds: 0 },
      nowMs: startedAt.getTime(),
    },
    sdkHistoryReads({ region: environment.region }),
  );
}

function refuseContradictions({ url, control, from, allowRemote, days }: CapacityOptions): void {
  const refuse = (why: string): never => {
    throw new UsageError('TL-CAPACITY-SOURCE', why);
  };
  if (from !== undefined && url !== undefined)
    refuse(`got --from ${from} and --url ${url}; the first reads what was, the second drives load: give one`);
  if (control !== undefined && url === undefined)
    refuse(`got --control ${control} without --url; add the URL that the load goes to, or leave it out`);
  if (allowRemote && url === undefined) refuse('got --allow-remote without --url; leave it out');
  if (days !== undefined && from === undefined) refuse(`got --days ${days} without --from aws; leave it out`);
}
