import type { Problem } from './configuration-error.ts';
import type { Environment } from './environment.ts';
import type { ErrorRule } from './errors/error-rule.ts';
import {
  instanceBounds,
  instanceResolution,
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
import {
  metricsOfTheirKind,
  oneTrackingPolicyPerMetric,
  policiesOfTheirKind,
  policyNames,
} from './errors/policy-rules.ts';
import { releaseCompute, testListenerPort } from './errors/release-rules.ts';
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
  instanceResolution,
  filesNeedSessions,
  filesExpiry,
  instanceBounds,
  roomOnInstance,
  storefrontSessions,
  stagePath,
  ingressEdge,
  releaseCompute,
  testListenerPort,
  policyNames,
  oneTrackingPolicyPerMetric,
  metricsOfTheirKind,
  policiesOfTheirKind,
];

/** Contradictions between fields, each with both values; codes are `TL-CONFIG-…`. */
export const environmentErrors = (environment: Environment): readonly Problem[] =>
  rules.flatMap((rule) => rule(environment));
