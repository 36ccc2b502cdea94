import { type Environment, type LoadProfile, capacityFacts, environmentWarnings } from '@tideline/config';
import {
  type Remark,
  type RunRecord,
  type UnjudgedRun,
  judgeRun,
  runRecordVersion,
  scaleOutWindows,
} from '@tideline/evidence';
import { provenance } from '@tideline/process';
import { generatorHealth } from '../load/figures/generator-limit.ts';
import { loadFigures } from '../load/figures/load-figures.ts';
import { comparedModels } from './compared-models.ts';
import { type ExpectedPeak, expectedPeak } from './expected-peak.ts';
import { judgedAssumptions } from './judged-assumptions.ts';
import { measuredElasticity } from './measured-elasticity.ts';
import { loadRemarks } from './load-remarks.ts';
import { type RunTrace, mayComeBack, minimumOf } from './run.ts';
import { type RunSettings, isClosedLoop } from './run-settings.ts';
import packageJson from '../../package.json' with { type: 'json' };

/** Makes the run record out of what a run did and saw, and judges it. */
export function assembleRecord(
  settings: RunSettings,
  trace: RunTrace,
  provenance: RunRecord['provenance'],
): RunRecord {
  const { profile, environment } = settings;
  const health = generatorHealth({
    tally: trace.load.tally,
    busyShare: trace.busyShare,
    minRateFraction: profile.thresholds.minRateFraction,
    closedLoop: isClosedLoop(profile),
  });
  const scaling = scalingOf(settings, trace);
  const load = { fromCloudSeconds: trace.load.from.cloudSeconds, toCloudSeconds: trace.load.to.cloudSeconds };
  const windows = scaleOutWindows({ load, timeline: scaling.timeline, activities: scaling.activities });
  const faultCosts = trace.log.faultCosts();
  const figures = loadFigures(trace.load, {
    windows,
    closedLoop: isClosedLoop(profile),
    generatorLimited: health.limited,
  });
  const measured = measuredElasticity({ load: figures, scaling }, settings);
  const record: UnjudgedRun = {
    schemaVersion: runRecordVersion,
    status: trace.status,
    preset: environment?.preset ?? 'none',
    profile: profile.name,
    target: settings.target.href,
    observedBy: settings.observer.kind,
    startedAt: trace.startedAt.toISOString(),
    finishedAt: trace.finishedAt.toISOString(),
    wallSeconds: (trace.finishedAt.getTime() - trace.startedAt.getTime()) / 1000,
    speed: trace.log.speeds.length > 0 ? trace.log.speeds : [{ fromCloudSeconds: 0, speed: 1 }],
    provenance,
    environment: environment === null ? {} : { ...environment },
    scaling,
    load: figures,
    ...(trace.log.latest?.stores === undefined ? {} : { stores: trace.log.latest.stores }),
    ...(trace.log.latest?.runtime === undefined ? {} : { runtime: trace.log.latest.runtime }),
    ...(faultCosts === undefined ? {} : { faultCosts }),
    ...(trace.sale === null ? {} : { sale: trace.sale }),
    ...(trace.kept === null ? {} : { kept: trace.kept }),
    warnings: [
      ...settings.profileRemarks,
      ...configurationWarnings(environment, profile),
      ...loadRemarks(trace, health),
    ],
    ...(measured === undefined ? {} : { elasticity: measured.elasticity }),
    assumptions: [
      ...(environment === null ? [] : judgedAssumptions(environment, scaling)),
      ...(measured?.assumptions ?? []),
    ],
  };
  const verdict = judgeRun(record, {
    peakTasks: peakExpected(settings),
    minTasks: mayComeBack(settings) ? minimumOf(settings, trace.log) : null,
    restInstances:
      mayComeBack(settings) && environment !== null ? capacityFacts(environment).instancesAtRest : null,
    thresholds: profile.thresholds,
  });
  const models = comparedModels(record, environment);
  return { ...record, ...(models === undefined ? {} : { models }), verdict };
}

function peakExpected({
  expectedPeak: given,
  environment,
  profile,
  calibration,
}: RunSettings): ExpectedPeak | null {
  if (given !== null) return { atLeast: given, atMost: given };
  return environment === null ? null : expectedPeak(environment, profile, calibration);
}

const configurationWarnings = (environment: Environment | null, profile: LoadProfile): Remark[] =>
  environment === null
    ? []
    : environmentWarnings(environment, profile).map(({ code, path, message }) => ({
        code,
        message: path === '' ? message : `${path}: ${message}`,
      }));

/** What was seen of scaling from the run’s start on; a service that ran before has a longer history. */
function scalingOf(settings: RunSettings, { log, startCloudSeconds }: RunTrace): RunRecord['scaling'] {
  const { latest } = log;
  const timeline = log.timeline();
  return {
    ...(latest?.unit === undefined ? {} : { unit: latest.unit }),
    minTasks: minimumOf(settings, log),
    maxTasks: settings.environment?.capacity.max ?? latest?.capacity.max ?? 0,
    timeline,
    activities: latest?.activities.filter(({ cloudSeconds }) => cloudSeconds >= startCloudSeconds) ?? [],
    policies: latest?.policies ?? [],
    metrics:
      latest?.metrics.map((metric) => ({
        ...metric,
        datapoints: metric.datapoints.filter(
          ({ cloudSeconds }) => cloudSeconds + metric.periodSeconds > startCloudSeconds,
        ),
      })) ?? [],
    events: latest?.events.filter(({ cloudSeconds }) => cloudSeconds >= startCloudSeconds) ?? [],
    peakRunning: log.peakRunning,
    finalRunning: timeline.at(-1)?.running ?? 0,
    ...capacityProviderOf(log, startCloudSeconds),
  };
}

/** How the instances followed that tasks ran on; nothing where there were none of their own. */
function capacityProviderOf(
  { latest, instances }: RunTrace['log'],
  startCloudSeconds: number,
): Pick<RunRecord['scaling'], 'capacityProvider'> {
  const provider = latest?.capacityProvider;
  if (provider === undefined) return {};
  const timeline = instances.timeline();
  return {
    capacityProvider: {
      name: provider.name,
      minInstances: provider.capacity.min,
      maxInstances: provider.capacity.max,
      timeline,
      activities: provider.activities.filter(({ cloudSeconds }) => cloudSeconds >= startCloudSeconds),
      policies: provider.policies,
      peakActive: Math.max(0, ...timeline.map(({ active }) => active)),
      finalActive: timeline.at(-1)?.active ?? 0,
    },
  };
}

/** Which code ran, and on what machine. */
export const runProvenance = async (): Promise<RunRecord['provenance']> => ({
  ...(await provenance(import.meta.dirname)),
  tideline: packageJson.version,
});
