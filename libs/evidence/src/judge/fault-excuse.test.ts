import { describe, expect, test } from '@jest/globals';
import { unjudgedRun } from '../../test/unjudged-run.ts';
import type { FaultCost } from '../record/fault-cost.ts';
import { faultCostsSince } from '../record/fault-costs-since.ts';
import { faultExcuse } from './fault-excuse.ts';
import { judgeRun } from './judge-run.ts';

const killed: FaultCost = { fault: 'task-exit', onPurpose: true, targets: 1, lost: { 'http-502': 12 } };
const lostZone: FaultCost = {
  fault: 'zone-loss',
  onPurpose: true,
  targets: 2,
  lost: { 'http-504': 30, timeout: 4, websocket: 1 },
};

describe('failures that faults on purpose account for', () => {
  test('are told fault by fault, kind by kind', () => {
    expect(
      faultExcuse({ byKind: { 'http-502': 12, 'http-504': 30, timeout: 4 } }, [killed, lostZone]),
    ).toEqual({
      requests: 46,
      told: '12 by task-exit of 1 target (12 http-502), 34 by zone-loss of 2 targets (30 http-504, 4 timeout)',
    });
  });

  test('are never more of a kind than the clients saw, and never of another kind', () => {
    expect(faultExcuse({ byKind: { 'http-502': 3, 'http-500': 9 } }, [killed])).toEqual({
      requests: 3,
      told: '3 by task-exit of 1 target (3 http-502)',
    });
    expect(faultExcuse({ byKind: { 'http-502': 20 } }, [killed, killed]).requests).toBe(20);
    expect(faultExcuse({ byKind: { 'http-502': 12 } }, [lostZone, killed]).told).toBe(
      '12 by task-exit of 1 target (12 http-502)',
    );
  });

  test('are none where the target ended by itself, or where there were no faults', () => {
    const nothing = { requests: 0, told: '' };
    expect(faultExcuse({ byKind: { 'http-502': 12 } }, [{ ...killed, onPurpose: false }])).toEqual(nothing);
    expect(faultExcuse({ byKind: { 'http-502': 12 } }, [])).toEqual(nothing);
  });
});

describe('the check on failed requests', () => {
  const check = (byKind: Readonly<Record<string, number>>, faultCosts?: FaultCost[]) => {
    const total = Object.values(byKind).reduce((sum, count) => sum + count, 0);
    const record = {
      ...unjudgedRun,
      load: { ...unjudgedRun.load, requests: 1000, failures: { total, byKind } },
      ...(faultCosts && { faultCosts }),
    };
    const verdict = judgeRun(record, {
      peakTasks: null,
      minTasks: null,
      thresholds: {
        maxFailedRequests: 0,
        maxFailedPercent: null,
        p50Ms: null,
        p95Ms: null,
        p99Ms: null,
        minRateFraction: 0,
      },
    });
    return verdict.checks.find(({ name }) => name === 'failed-requests');
  };

  test('passes where the named assumptions cost every request that was lost', () => {
    expect(check({ 'http-502': 12 }, [killed])).toEqual({
      name: 'failed-requests',
      passed: true,
      observed:
        '12 of 1,000 requests failed (12 http-502); faults on purpose cost 12 by task-exit of 1 target (12 http-502)',
      expected: 'at most 0 failed beyond what faults on purpose cost',
    });
  });

  test('fails for a single request that they did not cost', () => {
    expect(check({ 'http-502': 13 }, [killed])?.passed).toBe(false);
    expect(check({ 'http-502': 12, 'http-503': 1 }, [killed])?.passed).toBe(false);
    expect(check({ 'http-502': 12 }, [{ ...killed, onPurpose: false }])?.passed).toBe(false);
  });

  test('says nothing of faults where there were none', () => {
    expect(check({}, [])).toEqual(check({}));
    expect(check({ 'http-502': 1 })).toMatchObject({ passed: false, expected: 'at most 0 failed' });
  });
});

test('what faults cost between two observations leaves out what they had cost before', () => {
  const later: FaultCost = { ...killed, targets: 3, lost: { 'http-502': 20, connection: 1 } };
  expect(faultCostsSince([killed], [later, lostZone])).toEqual([
    { fault: 'task-exit', onPurpose: true, targets: 2, lost: { 'http-502': 8, connection: 1 } },
    lostZone,
  ]);
  expect(faultCostsSince([killed], [killed])).toEqual([]);
});
