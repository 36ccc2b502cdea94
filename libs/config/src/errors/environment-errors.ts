import { collectorFits, collectorImageInReach } from '../collector-share.ts';
import { computeErrors } from '../compute/compute-kinds.ts';
import {
  backendFeatures,
  buildPlatform,
  healthCommand,
  oneRuntime,
  portVariable,
  variableOnce,
} from '../container/container-errors.ts';
import type { Problem } from '../configuration-error.ts';
import type { Environment } from '../environment.ts';
import type { ErrorRule } from './error-rule.ts';
import { routing } from './balancer-rules.ts';
import { certificateName, distributionName, listenerPorts, subnetRoom, vpcRange } from './network-rules.ts';
import {
  metricsOfTheirKind,
  oneForecastScales,
  oneTrackingPolicyPerMetric,
  policiesOfTheirKind,
  policyNames,
} from './policy-rules.ts';
import {
  capacityBounds,
  deploymentStuck,
  healthCheckTimeout,
  loadRunnerSize,
  rebalancing,
  resourceNameLength,
  startBounds,
  warmPoolRoom,
  zones,
} from './service-rules.ts';
import { resourceNameReserved } from './reserved-name.ts';
import { filesExpiry, filesNeedSessions, snapshotWindow, storefrontSessions } from './store-rules.ts';
import { ingressErrors } from '../ingress/ingress-kinds.ts';
import { regionPartition } from '../partition.ts';
import { releaseCompute, releaseErrors } from '../release/release-kinds.ts';

const rules: readonly ErrorRule[] = [
  regionPartition,
  capacityBounds,
  computeErrors,
  collectorImageInReach,
  collectorFits,
  oneRuntime,
  buildPlatform,
  variableOnce,
  portVariable,
  backendFeatures,
  healthCommand,
  loadRunnerSize,
  zones,
  resourceNameLength,
  resourceNameReserved,
  vpcRange,
  subnetRoom,
  listenerPorts,
  certificateName,
  distributionName,
  healthCheckTimeout,
  routing,
  rebalancing,
  deploymentStuck,
  startBounds,
  warmPoolRoom,
  filesNeedSessions,
  filesExpiry,
  snapshotWindow,
  storefrontSessions,
  ingressErrors,
  releaseCompute,
  releaseErrors,
  policyNames,
  oneTrackingPolicyPerMetric,
  oneForecastScales,
  metricsOfTheirKind,
  policiesOfTheirKind,
];

/** Contradictions between fields, each with both values; codes are `TL-CONFIG-…`. */
export const environmentErrors = (environment: Environment): readonly Problem[] =>
  rules.flatMap((rule) => rule(environment));
