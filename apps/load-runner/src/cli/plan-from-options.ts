import { type Environment, type LoadProfile, computeFacts, nearestName } from '@tideline/config';
import type { UnitCapacity } from '@tideline/evidence';
import { capacityOf, replayFromOptions } from '@tideline/planner';
import { UsageError, type Variables, messageOf } from '@tideline/process';
import type { Exchange } from '../exchange/exchange.ts';
import { requestBytes } from '../load/connection/request-bytes.ts';
import { AwsObserver } from '../observe/aws-observer.ts';
import { noObserver, type ScalingObserver } from '../observe/scaling-observer.ts';
import { TwinObserver } from '../observe/twin-observer.ts';
import type { RunSettings } from '../run/run-settings.ts';
import {
  type LoadOptions,
  parseProfile,
  presetEnvironment,
  readEnvironment,
  readProfile,
  readTarget,
  readUrl,
  withOverrides,
} from './options.ts';
import { readCalibration } from './read-calibration.ts';
import { readData } from './read-data.ts';
import { type ReplayedProfile, replayedProfile, withArrivals } from './replay-profile.ts';

/** Where options may lead beyond the command line. */
export interface OptionSources {
  readonly variables: Variables;
  /** What `--exchange` names; null without. */
  readonly exchange: Exchange | null;
}

/** Decides everything about a run from its options. @throws UsageError, ConfigurationError */
export async function planFromOptions(
  options: LoadOptions,
  { variables, exchange }: OptionSources,
): Promise<RunSettings> {
  refuseWithoutObserver(options);
  const target = readTarget(options.target, options.allowRemote);
  const given =
    exchange === null ? readProfile(options.profile) : parseProfile(await exchange.read('profile.json'));
  const { profile, remarks } = await loadOf(await given, options);
  refuseUnsendable(target, profile);
  const environment = await environmentOf(options, variables);
  return {
    target,
    profile,
    rows: await readData(target, profile),
    profileRemarks: remarks,
    environment,
    observer: await observerOf(options, environment),
    idleSpeed: options.idleSpeed ?? null,
    calibration: options.calibrate === undefined ? null : await readCalibration(options.calibrate),
    capacity: options.capacity === undefined ? null : await unitCapacity(options.capacity, environment),
    expectedPeak: options.expectPeak ?? null,
    outDir: options.out,
  };
}

/** The profile under the options that change it, or the trace that they name. */
async function loadOf(profile: LoadProfile, options: LoadOptions): Promise<ReplayedProfile> {
  const replay = await replayFromOptions(options);
  if (replay !== null) return replayedProfile(profile, replay, options);
  return { profile: await withArrivals(withOverrides(profile, options), options), remarks: [] };
}

/** What `--capacity` says that one task or instance carries. @throws UsageError */
async function unitCapacity(text: string, environment: Environment | null): Promise<UnitCapacity> {
  const unit = environment === null ? 'task' : computeFacts(environment).unit;
  const { requestsPerSecond, source } = await capacityOf(text, unit);
  return { requestsPerSecond: requestsPerSecond.value, source };
}

async function environmentOf(options: LoadOptions, variables: Variables): Promise<Environment | null> {
  const { environment, preset, config, set } = options;
  const changes = [
    ...(config === undefined ? [] : [`--config ${config}`]),
    ...set.map((one) => `--set ${one}`),
  ];
  const described = [...(preset === undefined ? [] : [`--preset ${preset}`]), ...changes];
  if (environment !== undefined && described.length > 0) {
    throw new UsageError(
      'TL-RUN-ENVIRONMENT',
      `got --environment ${environment} and ${described.join(', ')}; give --environment or the others, both describe the observed environment`,
    );
  }
  if (environment !== undefined) return readEnvironment(environment, variables);
  if (preset !== undefined || config !== undefined) return presetEnvironment(options, variables);
  if (changes.length === 0) return null;
  throw new UsageError(
    'TL-RUN-ENVIRONMENT',
    `got ${changes.join(', ')} and no description to change; add --preset NAME or --config FILE`,
  );
}

async function observerOf(
  { observe, idleSpeed }: LoadOptions,
  environment: Environment | null,
): Promise<ScalingObserver> {
  if (observe === undefined) return noObserver;
  if (observe !== 'aws') {
    if (nearestName(observe, ['aws']) === undefined) return new TwinObserver(readUrl('--observe', observe));
    throw new UsageError(
      'TL-RUN-OBSERVE',
      `--observe: got "${observe}"; did you mean "aws"? Allowed: aws, or the twin’s URL`,
    );
  }
  if (environment === null) {
    throw new UsageError(
      'TL-RUN-ENVIRONMENT',
      '--observe aws: got no environment, whose names tell what to look at; add --preset NAME or --environment FILE',
    );
  }
  if (idleSpeed !== undefined) {
    throw new UsageError(
      'TL-RUN-OBSERVE',
      `--idle-speed ${idleSpeed}: at AWS cloud time is wall time; leave it out, or observe a twin`,
    );
  }
  // The SDK is large: no other run has to load it.
  const { sdkReads } = await import('../observe/aws/reads/sdk-reads.ts');
  return new AwsObserver(environment, sdkReads({ region: environment.region }));
}

/** Options that mean nothing unless somebody observes are refused, not ignored. */
function refuseWithoutObserver({ observe, idleSpeed, expectPeak, calibrate, capacity }: LoadOptions): void {
  if (observe !== undefined) return;
  const given = Object.entries({
    '--idle-speed': idleSpeed,
    '--expect-peak': expectPeak,
    '--calibrate': calibrate,
    '--capacity': capacity,
  })
    .filter(([, value]) => value !== undefined)
    .map(([option, value]) => `${option} ${value ?? ''}`);
  if (given.length === 0) return;
  throw new UsageError(
    'TL-RUN-OBSERVE',
    `${given.join(', ')}: got no --observe, so there is no scaling to watch; add --observe URL or --observe aws, or leave it out`,
  );
}

function refuseUnsendable(target: URL, profile: LoadProfile): void {
  for (const [index, endpoint] of profile.endpoints.entries()) {
    try {
      requestBytes(target, endpoint, profile.keepAlive);
      const own = Object.keys(endpoint.headers).find((name) => name.toLowerCase() === 'cookie');
      if (own !== undefined && profile.cookies === 'per-user')
        throw new Error(`headers.${own}: with cookies=per-user each user sends its own; give one of the two`);
    } catch (error) {
      const reason = messageOf(error);
      throw new UsageError(
        'TL-RUN-PROFILE',
        `--profile: endpoints.${index} of "${profile.name}" cannot be sent: ${reason}`,
        { cause: error },
      );
    }
  }
}
