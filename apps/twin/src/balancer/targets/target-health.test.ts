import { describe, expect, test } from '@jest/globals';
import {
  type ProbeResult,
  type TargetHealth,
  drainingHealth,
  healthAfter,
  registeredHealth,
  unusedHealth,
} from './target-health.ts';

const thresholds = { healthyThreshold: 3, unhealthyThreshold: 2 };
const ok: ProbeResult = { kind: 'answer', status: 200 };
const wrong: ProbeResult = { kind: 'answer', status: 503 };
const timeout: ProbeResult = { kind: 'timeout' };
const refused: ProbeResult = { kind: 'failed', cause: 'connect ECONNREFUSED' };

const after = (results: readonly ProbeResult[], from: TargetHealth = registeredHealth): TargetHealth =>
  results.reduce((health, result) => healthAfter(health, result, thresholds), from);

describe('healthAfter', () => {
  test('a new target is healthy after one success', () => {
    expect(after([ok])).toMatchObject({ state: 'healthy', reason: undefined });
    expect(after([wrong, ok]).state).toBe('healthy');
  });

  test('a new target stays initial until it has failed often enough', () => {
    expect(after([timeout])).toMatchObject({ state: 'initial', reason: 'Elb.RegistrationInProgress' });
    expect(after([timeout, timeout]).state).toBe('unhealthy');
  });

  test('a healthy target leaves rotation only after failures in a row', () => {
    expect(after([ok, wrong, ok, wrong]).state).toBe('healthy');
    expect(after([ok, wrong, wrong]).state).toBe('unhealthy');
  });

  test('an unhealthy target recovers only after successes in a row', () => {
    const unhealthy = after([wrong, wrong]);
    expect(after([ok, ok], unhealthy).state).toBe('unhealthy');
    expect(after([ok, ok, wrong, ok, ok], unhealthy).state).toBe('unhealthy');
    expect(after([ok, ok, ok], unhealthy).state).toBe('healthy');
  });

  test.each([
    [timeout, 'Target.Timeout', 'Request timed out'],
    [wrong, 'Target.ResponseCodeMismatch', 'Health checks failed with these codes: [503]'],
    [refused, 'Target.FailedHealthChecks', 'Health checks failed: connect ECONNREFUSED'],
  ])('%j twice makes a target unhealthy because of %s', (result, reason, description) => {
    expect(after([result, result])).toMatchObject({ state: 'unhealthy', reason, description });
  });

  test('the latest failure explains an unhealthy target', () => {
    expect(after([wrong, wrong, timeout]).reason).toBe('Target.Timeout');
  });

  test('only 200 is a success', () => {
    expect(after([{ kind: 'answer', status: 204 }]).state).toBe('initial');
  });

  test('a matcher may take other answers', () => {
    const succeeds = (status: number) => status >= 200 && status <= 499;
    const answered = (status: number) =>
      healthAfter(registeredHealth, { kind: 'answer', status }, { ...thresholds, succeeds }).state;
    expect([404, 500].map(answered)).toEqual(['healthy', 'initial']);
  });

  test('draining and unused targets stay what they are', () => {
    expect(after([ok], drainingHealth)).toBe(drainingHealth);
    expect(after([wrong, wrong], unusedHealth)).toBe(unusedHealth);
  });
});
