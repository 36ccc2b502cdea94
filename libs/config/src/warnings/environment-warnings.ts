import type { Problem } from '../configuration-error.ts';
import type { Environment, LoadProfile } from '../environment.ts';
import {
  cpuTargetNeedsSeveralSteps,
  cpuTargetOutOfReach,
  requestsTargetOutOfReach,
} from './load-against-target.ts';
import { closedLoopLoad, loadTooShortForScaleOut } from './load-duration.ts';
import {
  capacityIsFixed,
  cooldownBelowPeriod,
  cooldownBelowLag,
  idleRequestsMissing,
  neverScalesIn,
  nothingReactsToLoad,
  scalesToZero,
  stepBesideTracking,
} from './policy-set.ts';
import {
  deploymentSometimesStuck,
  drainShorterThanRequests,
  firewallBlocksLoad,
  graceBelowInterval,
} from './service.ts';
import { stepAgainstLoad, stepOutOfReach } from './step-policy.ts';
import type { WarningRule } from './warning-rule.ts';

const rules: readonly WarningRule[] = [
  requestsTargetOutOfReach,
  cpuTargetOutOfReach,
  cpuTargetNeedsSeveralSteps,
  loadTooShortForScaleOut,
  closedLoopLoad,
  cooldownBelowPeriod,
  cooldownBelowLag,
  nothingReactsToLoad,
  capacityIsFixed,
  neverScalesIn,
  idleRequestsMissing,
  scalesToZero,
  stepBesideTracking,
  stepAgainstLoad,
  stepOutOfReach,
  deploymentSometimesStuck,
  drainShorterThanRequests,
  graceBelowInterval,
  firewallBlocksLoad,
];

/** What is doubtful about running this load at this environment; codes are `TL-WARN-…`. Empty when nothing is. */
export const environmentWarnings = (environment: Environment, profile: LoadProfile): readonly Problem[] =>
  rules.flatMap((rule) => rule(environment, profile));
