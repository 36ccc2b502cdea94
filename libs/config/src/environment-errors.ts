import type { Problem } from './configuration-error.ts';
import type { Environment } from './environment.ts';
import type { ErrorRule } from './errors/error-rule.ts';
import {
  instanceBounds,
  instanceMetrics,
  instanceRefreshBounds,
  instanceStartBounds,
  roomOnInstance,
} from './errors/compute-rules.ts';
import { ingressEdge, stagePath } from './errors/ingress-rules.ts';
import {
  certificateName,
  collectorReachable,
  listenerPorts,
  subnetRoom,
  vpcRange,
} from './errors/network-rules.ts';
import { alarmWindows, oneTrackingPolicyPerMetric, policyNames } from './errors/policy-rules.ts';
import { releaseCompute, releaseRequests, testListenerPort } from './errors/release-rules.ts';
import { scheduledCapacity, schedules } from './errors/schedule-rules.ts';
import {
  capacityBounds,
  deploymentStuck,
  fargateSize,
  healthCheckTimeout,
  rebalancing,
  resourceNameLength,
  resourceNameReserved,
  slowStart,
  taskStartBounds,
  zones,
} from './errors/service-rules.ts';
import { filesExpiry, filesNeedSessions } from './errors/store-rules.ts';
import { storefrontSessions } from './errors/storefront-rules.ts';
import { stepAdjustments, stepIntervals } from './errors/step-rules.ts';

const rules: readonly ErrorRule[] = [
  capacityBounds,
  fargateSize,
  zones,
  resourceNameLength,
  resourceNameReserved,
  vpcRange,
  subnetRoom,
  listenerPorts,
  certificateName,
  collectorReachable,
  healthCheckTimeout,
  slowStart,
  rebalancing,
  deploymentStuck,
  taskStartBounds,
  instanceStartBounds,
  instanceRefreshBounds,
  instanceMetrics,
  filesNeedSessions,
  filesExpiry,
  instanceBounds,
  roomOnInstance,
  storefrontSessions,
  stagePath,
  ingressEdge,
  releaseCompute,
  releaseRequests,
  testListenerPort,
  policyNames,
  oneTrackingPolicyPerMetric,
  alarmWindows,
  stepIntervals,
  stepAdjustments,
  schedules,
  scheduledCapacity,
];

/** Contradictions between fields, each with both values; codes are `TL-CONFIG-…`. */
export const environmentErrors = (environment: Environment): readonly Problem[] =>
  rules.flatMap((rule) => rule(environment));
