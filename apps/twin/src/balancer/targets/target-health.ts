/** States of a target, as DescribeTargetHealth names them. */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

/** Why a target is not healthy, as DescribeTargetHealth names it. */
export type TargetReason =
  | 'Elb.RegistrationInProgress'
  | 'Target.Timeout'
  | 'Target.ResponseCodeMismatch'
  | 'Target.FailedHealthChecks'
  | 'Target.DeregistrationInProgress'
  | 'Target.NotRegistered';

/** What became of one health check. */
export type ProbeResult =
  | { readonly kind: 'answer'; readonly status: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'failed'; readonly cause: string };

export interface TargetHealth {
  readonly state: TargetState;
  /** Undefined for a healthy target. */
  readonly reason: TargetReason | undefined;
  readonly description: string;
  /** Successes in a row, and failures in a row: one of them is 0. */
  readonly successes: number;
  readonly failures: number;
}

/** What makes a target healthy or unhealthy. */
export interface HealthThresholds {
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Whether a status counts as success: the matcher of the target group. @default 200 alone does */
  readonly succeeds?: (status: number) => boolean;
}

const unchecked = (state: TargetState, reason: TargetReason, description: string): TargetHealth => ({
  state,
  reason,
  description,
  successes: 0,
  failures: 0,
});

export const registeredHealth = unchecked(
  'initial',
  'Elb.RegistrationInProgress',
  'Target registration is in progress',
);
export const drainingHealth = unchecked(
  'draining',
  'Target.DeregistrationInProgress',
  'Target deregistration is in progress',
);
export const unusedHealth = unchecked(
  'unused',
  'Target.NotRegistered',
  'Target is not registered to the target group',
);

/** The one status that counts as success by the default matcher of a target group. */
export const onlyOk = (status: number): boolean => status === 200;

/**
 * Health after one more check. A new target is healthy after one success; an unhealthy one needs `healthyThreshold` in a row;
 * `unhealthyThreshold` failures in a row make any target unhealthy. Draining and unused targets are past health checks.
 */
export function healthAfter(
  health: TargetHealth,
  result: ProbeResult,
  thresholds: HealthThresholds,
): TargetHealth {
  if (health.state === 'draining' || health.state === 'unused') return health;
  if (result.kind === 'answer' && (thresholds.succeeds ?? onlyOk)(result.status)) {
    const successes = health.successes + 1;
    const recovered = health.state !== 'unhealthy' || successes >= thresholds.healthyThreshold;
    return recovered
      ? { state: 'healthy', reason: undefined, description: '', successes, failures: 0 }
      : { ...health, successes, failures: 0 };
  }
  const failures = health.failures + 1;
  if (health.state !== 'unhealthy' && failures < thresholds.unhealthyThreshold)
    return { ...health, successes: 0, failures };
  return { state: 'unhealthy', ...explain(result), successes: 0, failures };
}

function explain(result: ProbeResult): { reason: TargetReason; description: string } {
  switch (result.kind) {
    case 'timeout':
      return { reason: 'Target.Timeout', description: 'Request timed out' };
    case 'answer':
      return {
        reason: 'Target.ResponseCodeMismatch',
        description: `Health checks failed with these codes: [${result.status}]`,
      };
    case 'failed':
      return { reason: 'Target.FailedHealthChecks', description: `Health checks failed: ${result.cause}` };
  }
}
