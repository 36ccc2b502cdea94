import { collectorTakesMuch } from '../collector-share.ts';
import type { Problem } from '../configuration-error.ts';
import { imageOutOfReach } from '../container/image-egress.ts';
import type { Environment, LoadProfile } from '../environment.ts';
import { targetBeyondCredits } from './cpu-credits.ts';
import { cpuOverload, targetsUnderLoad } from './load-against-target.ts';
import { closedLoopLoad, loadTooShortForScaleOut } from './load-duration.ts';
import {
  capacityIsFixed,
  cooldownBelowPeriod,
  cooldownBelowLag,
  forecastWithoutHistory,
  idleRequestsMissing,
  neverScalesIn,
  nothingReactsToLoad,
  policiesOfTheirKind,
  scalesToZero,
  scalingSuspended,
  stepBesideTracking,
} from './policy-set.ts';
import {
  coldMinimum,
  deploymentSometimesStuck,
  drainShorterThanRequests,
  firewallBlocksLoad,
  graceBelowInterval,
  plainOrigin,
  productionWithoutTls,
  refreshWaits,
} from './service.ts';
import type { WarningRule } from './warning-rule.ts';

const rules: readonly WarningRule[] = [
  cpuOverload,
  targetsUnderLoad,
  targetBeyondCredits,
  loadTooShortForScaleOut,
  closedLoopLoad,
  cooldownBelowPeriod,
  cooldownBelowLag,
  nothingReactsToLoad,
  capacityIsFixed,
  neverScalesIn,
  forecastWithoutHistory,
  idleRequestsMissing,
  scalesToZero,
  scalingSuspended,
  stepBesideTracking,
  policiesOfTheirKind,
  deploymentSometimesStuck,
  drainShorterThanRequests,
  graceBelowInterval,
  refreshWaits,
  firewallBlocksLoad,
  plainOrigin,
  productionWithoutTls,
  coldMinimum,
  imageOutOfReach,
  collectorTakesMuch,
];

/** What is doubtful about running this load at this environment; codes are `TL-WARN-…`. Empty when nothing is. */
export const environmentWarnings = (environment: Environment, profile: LoadProfile): readonly Problem[] =>
  rules.flatMap((rule) => rule(environment, profile));
