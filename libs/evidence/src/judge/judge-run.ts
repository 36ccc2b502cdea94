import type { Expectations, Finding, UnjudgedRun } from './expectations.ts';
import { faultExcuse } from './fault-excuse.ts';
import { latencyChecks } from './latency-checks.ts';
import { formatCount, formatRate } from '../record/quantity.ts';
import type { Check, Verdict } from '../record/run-record.ts';
import { sessionsKept } from './sessions-kept.ts';
import { stockKept } from './stock-kept.ts';
import { scalingChecks } from './scaling-checks.ts';

/**
 * The verdict over a run. Each check says what was observed and what was expected, with units.
 * A question for which the run gives no grounds (scaling without an observer, a load without a rate)
 * is listed in `notJudged`: it neither passes nor fails.
 */
export function judgeRun(record: UnjudgedRun, expectations: Expectations): Verdict {
  const findings: readonly Finding[] = [
    runCompleted(record),
    requestsSent(record),
    ...scalingChecks(record, expectations),
    failedRequests(record, expectations),
    ...(record.sale === undefined ? [] : [stockKept(record.sale)]),
    ...(record.kept === undefined ? [] : [sessionsKept(record.kept)]),
    ...latencyChecks(record, expectations.thresholds),
    rateSent(record, expectations),
    generatorKeptUp(record),
  ];
  const checks = findings.filter((finding) => 'passed' in finding);
  return {
    passed: checks.every(({ passed }) => passed),
    checks,
    notJudged: findings.filter((finding) => 'reason' in finding),
  };
}

const runCompleted = ({ status }: UnjudgedRun): Check => ({
  name: 'run-completed',
  passed: status === 'completed',
  observed: status,
  expected: 'completed',
});

const requestsSent = ({ load }: UnjudgedRun): Check => ({
  name: 'requests-sent',
  passed: load.requests > 0,
  observed: `${formatCount(load.requests)} requests`,
  expected: 'at least 1 request',
});

/**
 * What faults on purpose cost is what the named assumptions say that AWS loses, and no failing of what was run: it is told and
 * not counted. Everything else is counted, whatever it was that ended the target.
 */
function failedRequests({ load, faultCosts = [] }: UnjudgedRun, { thresholds }: Expectations): Check {
  const { total, byKind } = load.failures;
  const kinds = Object.entries(byKind)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${formatCount(count)} ${kind}`);
  const listed = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  const excuse = faultExcuse(load.failures, faultCosts);
  const observed = `${formatCount(total)} of ${formatCount(load.requests)} requests failed${listed}`;
  const { maxFailedRequests } = thresholds;
  const maxFailedPercent = thresholds.maxFailedPercent ?? 0;
  const share = Math.floor((load.requests * maxFailedPercent) / 100);
  const allowed = Math.max(maxFailedRequests, share);
  const percent = share > maxFailedRequests ? ` (${maxFailedPercent} % of all)` : '';
  const expected = `at most ${formatCount(allowed)} failed${percent}`;
  return {
    name: 'failed-requests',
    passed: total - excuse.requests <= allowed,
    observed: excuse.requests === 0 ? observed : `${observed}; faults on purpose cost ${excuse.told}`,
    expected: excuse.requests === 0 ? expected : `${expected} beyond what faults on purpose cost`,
  };
}

function rateSent({ load }: UnjudgedRun, { thresholds }: Expectations): Finding {
  const name = 'rate-sent';
  const asked = load.askedRequestsPerSecond;
  if (asked === null) return { name, reason: 'a closed loop asks for no rate' };
  const least = asked * thresholds.minRateFraction;
  return {
    name,
    passed: load.requestsPerSecond >= least,
    observed: formatRate(load.requestsPerSecond),
    expected: `at least ${formatRate(least)} (${formatCount(thresholds.minRateFraction * 100)} % of the ${formatRate(asked)} asked for)`,
  };
}

function generatorKeptUp({ load }: UnjudgedRun): Finding {
  const name = 'generator-kept-up';
  if (load.askedRequestsPerSecond === null) return { name, reason: 'a closed loop asks for no rate' };
  return {
    name,
    passed: !load.generatorLimited,
    observed: load.generatorLimited ? 'the load generator was the limit' : 'the load generator kept up',
    expected: 'the load generator keeps up with the rate asked for',
  };
}
