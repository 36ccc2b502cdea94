import type { Finding } from './expectations.ts';
import { formatCount } from '../record/quantity.ts';
import type {
  ReleaseInterval,
  ReleaseRecord,
  UnjudgedRelease,
  VersionTraffic,
} from '../record/release-record.ts';
import type { Check } from '../record/run-record.ts';
import { falseAlarmProbability, shareBounds } from './share-bounds.ts';

/** What each kind of new version must come to. */
const expectedEnd = {
  none: { status: 'Succeeded', code: null },
  'never-healthy': { status: 'Failed', code: 'TIMEOUT' },
  'errors-10': { status: 'Failed', code: 'ALARM_ACTIVE' },
  'resets-10': { status: 'Failed', code: 'ALARM_ACTIVE' },
  slow: { status: 'Failed', code: 'ALARM_ACTIVE' },
} as const;

/** Faults at which requests of clients fail, until the release is taken back. */
const costly: readonly UnjudgedRelease['fault'][] = ['errors-10', 'resets-10'];

/**
 * The verdict over a release under load: how it ended, what it cost clients, and whether the traffic went where the weights said.
 * A share that has too few requests to be judged is listed in `notJudged`: it neither passes nor fails.
 */
export function judgeRelease(release: UnjudgedRelease): ReleaseRecord {
  const findings: readonly Finding[] = [
    ending(release),
    cost(release),
    ...shares(release),
    ...(release.fault === 'none' ? [] : [afterRollback(release)]),
  ];
  const checks = findings.filter((finding) => 'passed' in finding);
  return {
    ...release,
    checks,
    notJudged: findings.filter((finding) => 'reason' in finding),
    passed: checks.every(({ passed }) => passed),
  };
}

function ending({ deployment, fault }: UnjudgedRelease): Check {
  const { status, code } = expectedEnd[fault];
  const show = (ended: string, why: string | null): string => (why === null ? ended : `${ended} (${why})`);
  return {
    name: 'deployment-ended',
    passed: deployment.status === status && (deployment.error?.code ?? null) === code,
    observed: show(deployment.status, deployment.error?.code ?? null),
    expected: show(status, code),
  };
}

/** A release that fails requests on purpose costs some; all of them must be the new version’s. */
function cost({ clients, fault, intervals, deployment }: UnjudgedRelease): Check {
  const requests = `${formatCount(clients.failed)} of ${formatCount(clients.requests)} requests failed`;
  const by = (version: string): VersionTraffic => sumOf(intervals.map(({ traffic }) => traffic[version]));
  if (!costly.includes(fault))
    return {
      name: 'failed-requests',
      passed: clients.requests > 0 && clients.failed === 0,
      observed: requests,
      expected: 'requests, and none failed',
    };
  const [old, fresh] = [by(deployment.fromVersion), by(deployment.toVersion)];
  return {
    name: 'rollback-cost',
    passed: clients.failed > 0 && old.failed === 0,
    observed: `${requests}: ${formatCount(fresh.failed)} of ${formatCount(fresh.requests)} of version ${deployment.toVersion}, ${formatCount(old.failed)} of version ${deployment.fromVersion}`,
    expected: `none of version ${deployment.fromVersion} failed`,
  };
}

/** The share of each stretch against what chance allows, and of those in which both versions serve together. */
function shares({ intervals, deployment: { toVersion } }: UnjudgedRelease): readonly Finding[] {
  const mixed = intervals.filter(({ percent }) => percent > 0 && percent < 100);
  return [
    ...intervals.map((interval) => share(`share-at-${interval.percent}-percent`, [interval], toVersion)),
    // One alone has been judged by itself.
    ...(mixed.length > 1 ? [share('shares-together', mixed, toVersion)] : []),
  ];
}

/** What would pass with no request of one version proves nothing: it can fail, but not pass. */
function share(name: string, intervals: readonly ReleaseInterval[], toVersion: string): Finding {
  const counts = intervals.map((interval) => ({
    ...countsOf(interval, toVersion),
    weight: interval.percent / 100,
  }));
  const [total, fresh] = [sumBy(counts, ({ total: each }) => each), sumBy(counts, ({ fresh: each }) => each)];
  if (total === 0) return { name, reason: 'no requests' };
  const { least, most } = shareBounds(
    counts.map(({ total: requests, weight }) => ({ requests, probability: weight })),
  );
  const observed = `${formatCount(fresh)} of ${formatCount(total)} requests to version ${toVersion}`;
  const passed = fresh >= least && fresh <= most;
  const byChance = counts.some(({ weight }) => weight > 0 && weight < 1);
  if (passed && byChance && (least === 0 || most === total))
    return {
      name,
      reason: `${observed}: too few to judge, since by chance it could have got ${least === 0 ? 'none' : 'all'} of them`,
    };
  return {
    name,
    passed,
    observed,
    expected: `${formatCount(least)} to ${formatCount(most)} (false alarm at most ${falseAlarmProbability})`,
  };
}

const sumBy = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);

/** After the rollback, the new version serves no request. */
function afterRollback({ intervals, deployment }: UnjudgedRelease): Check {
  const last = intervals.at(-1);
  const { total, fresh } = last === undefined ? { total: 0, fresh: 0 } : countsOf(last, deployment.toVersion);
  return {
    name: 'rolled-back',
    passed: total > 0 && fresh === 0,
    observed: `${formatCount(fresh)} of the last ${formatCount(total)} requests to version ${deployment.toVersion}`,
    expected: `requests, and none to version ${deployment.toVersion}`,
  };
}

function countsOf(
  { traffic }: ReleaseInterval,
  version: string,
): { readonly total: number; readonly fresh: number } {
  return { total: sumOf(Object.values(traffic)).requests, fresh: traffic[version]?.requests ?? 0 };
}

const sumOf = (parts: readonly (VersionTraffic | undefined)[]): VersionTraffic =>
  parts.reduce<VersionTraffic>(
    (sum, part) => ({
      requests: sum.requests + (part?.requests ?? 0),
      failed: sum.failed + (part?.failed ?? 0),
    }),
    { requests: 0, failed: 0 },
  );
