import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Environment, type LoadProfile, readLoadProfile, resolveLoadProfile } from '@tideline/config';
import {
  type Capacity,
  type CapacityStep,
  type Objective,
  type RefusedCapacity,
  assumedCapacity,
  searchKnee,
} from '@tideline/planner';
import { type Variables, describedEnvironment, namedDescription, provenance } from '@tideline/process';
import { type Bundles, findBundles } from '../processes/bundles.ts';
import { runLoad } from '../processes/load-runner-program.ts';
import { TwinControl } from '../processes/twin-control.ts';
import { withTwin } from '../processes/twin-program.ts';
import { type MeasuredUnit, assembleCapacity } from './assemble-capacity.ts';
import type { CapacityOptions } from './capacity-options.ts';
import { LoadSteps } from './load-steps.ts';
import { MeasuredWindows } from './measured-windows.ts';
import { measuredUnit, oneUnitSettings, unknownUnit } from './one-unit.ts';

export interface MeasureSurroundings {
  readonly bundleUrl: string;
  readonly variables: Variables;
  readonly signal: AbortSignal;
  /** Hears what is measured, and of each step. */
  readonly onTarget: (unit: MeasuredUnit) => void;
  readonly onStep: (step: CapacityStep) => void;
}

/** Rate of the first step where no policy of the description tracks requests, requests per second. */
const defaultStart = 10;

/** A unit that load can be driven at. */
interface LoadedUnit {
  readonly unit: MeasuredUnit;
  /** Base URL of the load. */
  readonly target: string;
  readonly control: TwinControl | null;
  readonly profile: LoadProfile;
  readonly startRequestsPerSecond: number;
  readonly allowRemote: boolean;
}

/**
 * Measures what one unit carries: of the described service, on a twin that it starts for that, or of `--url`.
 * @throws UsageError, ConfigurationError, ProcessError, MissingBundleError, InterruptedError
 */
export async function measureCapacity(
  options: CapacityOptions,
  objective: Objective,
  surroundings: MeasureSurroundings,
): Promise<Capacity | RefusedCapacity> {
  const bundles = findBundles(surroundings.bundleUrl);
  const measure = (loaded: LoadedUnit) => driveSteps(loaded, { options, objective, bundles, surroundings });
  if (options.url !== undefined) return measure(await unitAtUrl(options, options.url, surroundings));
  const { variables, signal } = surroundings;
  const described = { ...options, set: [...options.set, ...oneUnitSettings] };
  const environment = await describedEnvironment(described, variables);
  const { preset = options.defaultPreset, config } = await namedDescription(options, variables);
  const twin = {
    twinFile: bundles.twinFile,
    // A file names its own preset; the twin falls back to the same one as this command.
    description: { preset: config === undefined ? preset : options.preset, config },
    settings: described.set,
    signal,
  };
  const load = await loadOf(options, environment);
  return withTwin(twin, async ({ url, control }) => {
    const target = url + environment.container.basePath;
    const unit = measuredUnit(target, await control.observe(), environment);
    return measure({ ...load, unit, target, control, allowRemote: false });
  });
}

/** What load goes to a described service: the requests of its profile, beginning at the target of its policies. */
async function loadOf(
  options: CapacityOptions,
  environment: Environment,
): Promise<Pick<LoadedUnit, 'profile' | 'startRequestsPerSecond'>> {
  return {
    profile: await readLoadProfile(options.profile ?? environment.load.profile),
    startRequestsPerSecond:
      options.start ?? assumedCapacity(environment)?.capacity.requestsPerSecond.value ?? defaultStart,
  };
}

async function unitAtUrl(
  options: CapacityOptions,
  target: string,
  { variables }: MeasureSurroundings,
): Promise<LoadedUnit> {
  const { control: controlUrl, start, allowRemote } = options;
  if (controlUrl !== undefined) {
    const control = new TwinControl(controlUrl.replace(/\/$/, ''));
    const environment = await describedEnvironment(options, variables);
    const load = await loadOf(options, environment);
    const unit = measuredUnit(target, await control.observe(), environment);
    return { ...load, unit, target, control, allowRemote };
  }
  return {
    unit: unknownUnit(target),
    target,
    control: null,
    profile: options.profile === undefined ? rootProfile : await readLoadProfile(options.profile),
    startRequestsPerSecond: start ?? defaultStart,
    allowRemote,
  };
}

/** Where nobody says what to ask for. */
const rootProfile = resolveLoadProfile({
  name: 'root',
  stages: [{ users: 1, usersPerSecond: 1, holdSeconds: 1 }],
  endpoints: [{ path: '/' }],
});

async function driveSteps(
  loaded: LoadedUnit,
  measurement: {
    readonly options: CapacityOptions;
    readonly objective: Objective;
    readonly bundles: Bundles;
    readonly surroundings: MeasureSurroundings;
  },
): Promise<Capacity | RefusedCapacity> {
  const { unit, target, control, profile, startRequestsPerSecond, allowRemote } = loaded;
  const { options, objective, bundles, surroundings } = measurement;
  const { signal, onTarget, onStep } = surroundings;
  const measuredAt = new Date();
  const deadlineMs = performance.now() + options.seconds * 1000;
  const folder = await mkdtemp(join(tmpdir(), 'tideline-capacity-'));
  try {
    const run = { loadRunnerFile: bundles.loadRunnerFile, target, allowRemote, folder, signal };
    const steps = new LoadSteps({
      profile,
      objective,
      limits: {
        objective,
        highestCpuPercent: unit.cpu?.highestPercent ?? null,
        isCpuShareEnforced: unit.cpuShare?.enforced ?? false,
      },
      windows: control === null ? null : new MeasuredWindows(control, signal),
      drive: (one) => runLoad({ ...run, profile: one }),
      onStep,
    });
    onTarget(unit);
    await steps.prepare(startRequestsPerSecond, (seconds) => wait(seconds * 1000, undefined, { signal }));
    const search = await searchKnee({
      startRequestsPerSecond,
      runStep: (rate, purpose) => steps.run(rate, purpose),
      hasTime: (rate) => performance.now() + steps.secondsOf(rate) * 1000 < deadlineMs,
    });
    const wallSeconds = (Date.now() - measuredAt.getTime()) / 1000;
    return assembleCapacity({
      ...{ unit, objective, headroomPercent: options.headroom, search },
      ...{ steps: steps.steps, used: steps.used },
      provenance: {
        ...(await provenance(import.meta.dirname)),
        measuredAt: measuredAt.toISOString(),
        wallSeconds,
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
