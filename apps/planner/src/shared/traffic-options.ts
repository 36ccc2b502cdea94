import { type Environment, computeFacts, environmentWarnings, readLoadProfile } from '@tideline/config';
import {
  type Capacity,
  type Trace,
  type TraceCommandOptions,
  type TraceRemark,
  addAwsTraceOptions,
  addTraceOptions,
  assumedCapacity,
  capacityOf,
  traceFromOptions,
} from '@tideline/planner';
import {
  type DescriptionOptions,
  UsageError,
  type Variables,
  addDescriptionOptions,
  describedEnvironment,
} from '@tideline/process';
import type { Command } from 'commander';
import { awsTraceSource } from '../aws/aws-trace-source.ts';

/** Options of a command about a description and its traffic. */
export interface TrafficOptions extends DescriptionOptions, TraceCommandOptions {
  readonly capacity?: string;
}

export const addTrafficOptions = (command: Command, variables: Variables): Command =>
  addAwsTraceOptions(addTraceOptions(addDescriptionOptions(command, { variables }))).option(
    '--capacity <file|rate>',
    'what one task or instance carries: a file of tideline capacity, or requests per second (default: the target of a policy on requests)',
  );

/** A description with its traffic, and what one unit carries. */
export interface Traffic {
  readonly environment: Environment;
  readonly trace: Trace;
  readonly capacity: Capacity;
  readonly remarks: readonly TraceRemark[];
}

/** @throws ConfigurationError, UsageError */
export async function trafficOf(options: TrafficOptions, variables: Variables): Promise<Traffic> {
  const environment = await describedEnvironment(options, variables);
  const { capacity, remarks } = await knownCapacity(options.capacity, environment);
  return { environment, trace: await traceOf(options), capacity, remarks };
}

/** A service that stays at zero makes figures that look like those of a cheap policy. */
async function fromZero(environment: Environment): Promise<readonly TraceRemark[]> {
  const profile = await readLoadProfile(environment.load.profile);
  return environmentWarnings(environment, profile).flatMap(({ code, path, message }) =>
    code === 'TL-WARN-FROM-ZERO' ? [{ code, message: `${path}: ${message}` }] : [],
  );
}

/** @throws UsageError with a code of a trace */
export const traceOf = (options: TrafficOptions): Promise<Trace> => traceFromOptions(options, awsTraceSource);

/**
 * What one unit of a description carries, by `--capacity`, else by its policies.
 * @throws UsageError TL-CAPACITY-MISSING, TL-CAPACITY-UNIT, and those of the file
 */
export async function knownCapacity(
  given: string | undefined,
  environment: Environment,
): Promise<Pick<Traffic, 'capacity' | 'remarks'>> {
  const { unit } = computeFacts(environment);
  const known = given === undefined ? null : await capacityOf(given, unit);
  const assumed = known === null ? assumedCapacity(environment) : null;
  const capacity = known ?? assumed?.capacity;
  if (capacity === undefined)
    throw new UsageError(
      'TL-CAPACITY-MISSING',
      '--capacity: got none, and no policy tracks requests from which it could be assumed; give the file of tideline capacity, or requests per second of one unit',
    );
  if (capacity.unit !== unit)
    throw new UsageError(
      'TL-CAPACITY-UNIT',
      `--capacity: was measured of one ${capacity.unit}, and this description scales ${unit}s; measure it again with this description`,
    );
  return {
    capacity,
    remarks: [...(assumed === null ? [] : [assumed.remark]), ...(await fromZero(environment))],
  };
}
