import { type ReleaseRecord, judgeRelease, releaseRecordVersion } from '@tideline/evidence';
import type { BlueGreenService } from '../release/blue-green-service.ts';
import { type Release, presentShare } from '../release/release.ts';
import type { Twin } from '../twin.ts';
import { type Fault, faultVariables } from './faults.ts';
import { IntervalLog } from './interval-log.ts';
import { SteadyLoad } from './steady-load.ts';

/** Wall time with load before the release, and after it: both versions are seen alone. */
const aloneMs = 1000;

export interface ReleaseRunOptions {
  readonly twin: Twin;
  readonly service: BlueGreenService;
  readonly settings: { readonly shift: { readonly kind: ReleaseRecord['shift'] } };
  readonly speed: number;
  readonly requestsPerSecond: number;
  /** Path that clients ask for, with the base path. */
  readonly path: string;
  readonly fault: Fault;
  /** Calls back on every change of a release. */
  readonly onRelease: (listener: (release: Release) => void) => void;
  /** Resolves when nothing is to be waited for any more. */
  readonly interrupted: Promise<void>;
}

/** Releases the next version under a steady load, watches it to its end, and judges what clients got. */
export async function runRelease(options: ReleaseRunOptions): Promise<ReleaseRecord> {
  const { twin, service, fault, interrupted } = options;
  const startedAt = new Date().toISOString();
  const log = new IntervalLog(() => ({
    cloudSeconds: twin.observe().cloudSeconds,
    traffic: twin.versionTraffic?.() ?? {},
  }));
  const load = new SteadyLoad(`${twin.url}${options.path}`, options.requestsPerSecond);
  await Promise.race([pause(aloneMs), interrupted]);
  const ended = new Promise<void>((resolve) =>
    options.onRelease((release) => {
      log.weightsChanged(presentShare(release));
      if (release.endedAtSeconds !== null) resolve();
    }),
  );
  const from = service.primary.definition.version;
  service.deploy({ version: nextVersion(from), variables: faultVariables[fault] });
  await Promise.race([ended, interrupted]);
  await Promise.race([pause(aloneMs), interrupted]);
  await load.stop();
  log.cut();
  return judgeRelease({
    releaseRecordVersion,
    preset: twin.environment.preset,
    startedAt,
    speed: options.speed,
    shift: options.settings.shift.kind,
    fault,
    deployment: describe(service.releases.all().at(-1)),
    intervals: [...log.all()],
    clients: { requestsPerSecond: options.requestsPerSecond, ...clientFigures(load.outcomes()) },
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whole numbers count on; any other version is followed by itself with a mark. */
const nextVersion = (version: string): string =>
  /^\d+$/.test(version) ? String(Number(version) + 1) : `${version}.next`;

function describe(release: Release | undefined): ReleaseRecord['deployment'] {
  if (release === undefined) throw new Error('the release was not started');
  return {
    id: release.id,
    status: release.status,
    fromVersion: release.from.version,
    toVersion: release.to.version,
    startedAtCloudSeconds: release.startedAtSeconds,
    endedAtCloudSeconds: release.endedAtSeconds,
    events: release.events.map(({ name, status, atSeconds }) => ({ name, status, cloudSeconds: atSeconds })),
    error: release.error,
  };
}

function clientFigures(byOutcome: Readonly<Record<string, number>>) {
  const requests = Object.values(byOutcome).reduce((sum, count) => sum + count, 0);
  const answered = Object.entries(byOutcome)
    .filter(([outcome]) => /^2\d\d$/.test(outcome))
    .reduce((sum, [, count]) => sum + count, 0);
  return { requests, failed: requests - answered, byOutcome };
}
