import { performance } from 'node:perf_hooks';
import { capacityFacts } from '@tideline/config';
import type { KeptFigures, SaleFigures } from '@tideline/evidence';
import { autocannonConnections } from '../load/connection/autocannon-connection.ts';
import type { CookieJar } from '../load/connection/cookie-jar.ts';
import { LoadGenerator, type LoadOutcome } from '../load/load-generator.ts';
import { wallTimers } from '../load/schedule/timers.ts';
import { ObservedClock } from '../observe/observed-clock.ts';
import { ObservationLog } from '../observe/observation-log.ts';
import { ScalingWatch } from '../observe/scaling-watch.ts';
import type { Progress } from '../progress/progress.ts';
import { atRest } from './at-rest.ts';
import { watchKept } from './kept-watch.ts';
import { checkOutDir, checkTargetAnswers } from './preflight.ts';
import type { RunSettings } from './run-settings.ts';
import { countSale, openSale } from './sale.ts';
import { canScaleIn, scaleInDeadlineSeconds } from './scale-in-deadline.ts';

/** What a run did and saw, before it is judged. */
export interface RunTrace {
  readonly status: 'completed' | 'interrupted';
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly load: LoadOutcome;
  readonly log: ObservationLog;
  /** Cloud time of the first observation; 0 without an observer. */
  readonly startCloudSeconds: number;
  /** Share of the load’s time for which this process was busy, 0 to 1. */
  readonly busyShare: number;
  /** Null where nothing was for sale, or the load has no buyers of its own. */
  readonly sale: SaleFigures | null;
  /** Null where the load put nothing into sessions. */
  readonly kept: KeptFigures | null;
  /** Why the environment could no longer be seen; null when all went well. */
  readonly lost: Error | null;
}

/**
 * Drives the load, observes, and waits until the service is back at rest.
 * @param signal ends the run early, in order: what was done and seen until then is returned, marked `interrupted`.
 * @throws UsageError, ObserverError when the target or the observed environment does not answer at the start.
 */
export async function run(
  settings: RunSettings,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<RunTrace> {
  const { target, profile, observer } = settings;
  await checkOutDir(settings.outDir);
  const [first] = profile.endpoints;
  if (first !== undefined) await checkTargetAnswers(target, first);

  const jars: CookieJar[] | null = profile.cookies === 'per-user' ? [] : null;
  const opening = jars === null ? null : await openSale(settings);

  const startedAt = new Date();
  const clock = new ObservedClock(wallTimers);
  const log = new ObservationLog();
  const watch = new ScalingWatch({ observer, log, clock });
  let lost: Error | null = null;
  const blind = new AbortController();
  const loseSight = (error: unknown): void => {
    lost = error instanceof Error ? error : new Error(String(error));
    blind.abort();
  };
  const stop = AbortSignal.any([signal, blind.signal]);
  await watch.start(loseSight);
  const originalSpeed = clock.speed;

  const connections = autocannonConnections(target, {
    timeoutMs: profile.timeoutSeconds * 1000,
    keepAlive: profile.keepAlive,
    jars,
  });
  const kept = watchKept(settings);
  const watched = kept === null || jars === null ? connections : kept.watching(connections, jars);
  const open = opening === null ? watched : opening.demand.counting(watched);
  const generator = new LoadGenerator(
    { target, profile, rows: settings.rows },
    { timers: wallTimers, open, cloud: clock },
  );
  stop.addEventListener('abort', () => generator.stop(), { once: true });
  if (stop.aborted) generator.stop();
  const utilisation = performance.eventLoopUtilization();
  progress.follow({ profile, generator, log, clock });
  const load = await generator.run();
  const busyShare = performance.eventLoopUtilization(utilisation).utilization;
  const sale = jars === null || opening === null ? null : await countSale(target, { opening, jars });

  try {
    if (!stop.aborted && mayComeBack(settings)) {
      if (settings.idleSpeed !== null) await observer.setSpeed(settings.idleSpeed);
      await untilAtRest(settings, { watch, log, clock, stop, progress });
      if (settings.idleSpeed !== null) await observer.setSpeed(originalSpeed);
    }
    await watch.look();
  } catch (error) {
    loseSight(error);
  }
  progress.end();
  await watch.stop();
  return {
    status: stop.aborted ? 'interrupted' : 'completed',
    startedAt,
    finishedAt: new Date(),
    load,
    log,
    startCloudSeconds: log.timeline()[0]?.cloudSeconds ?? 0,
    busyShare,
    sale,
    kept: kept === null ? null : await kept.figures(),
    lost,
  };
}

/** There is a scale-in to wait for. */
export const mayComeBack = ({ observer, environment }: RunSettings): boolean =>
  observer.kind !== 'none' && (environment === null || canScaleIn(environment));

/** Count that the service comes back to: the description’s, else what was observed. */
export const minimumOf = ({ environment }: RunSettings, log: ObservationLog): number =>
  environment?.capacity.min ?? log.latest?.capacity.min ?? 0;

async function untilAtRest(
  settings: RunSettings,
  surroundings: {
    readonly watch: ScalingWatch;
    readonly log: ObservationLog;
    readonly clock: ObservedClock;
    readonly stop: AbortSignal;
    readonly progress: Progress;
  },
): Promise<void> {
  const { watch, log, clock, stop, progress } = surroundings;
  const minTasks = minimumOf(settings, log);
  const steps = Math.max(0, log.peakRunning - minTasks);
  const deadlineSeconds = clock.now() + scaleInDeadlineSeconds(settings.environment, steps);
  progress.waitForScaleIn(deadlineSeconds);

  const rests = atRest(
    minTasks,
    settings.environment === null ? null : capacityFacts(settings.environment).instancesAtRest,
  );
  const stopped = new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([stopped, watch.seen((seen) => rests(seen) || seen.cloudSeconds >= deadlineSeconds)]);
}
