import { httpApi } from '../ingress/ingress-kinds.ts';
import { capacityFacts } from '../compute/compute-kinds.ts';
import { stuckTaskCounts } from '../errors/deployment-room.ts';
import { peakRequestsPerSecond } from '../expected-load.ts';
import { type WarningRule, figure, warn } from './warning-rule.ts';

export const deploymentSometimesStuck: WarningRule = (environment) => {
  const counts = stuckTaskCounts(environment);
  if (counts.length === 0) return [];
  const { minimumHealthyPercent, maximumPercent } = environment.deployment;
  return warn(
    'TL-WARN-DEPLOYMENT-STUCK',
    'deployment',
    `with minimumHealthyPercent ${minimumHealthyPercent} (rounded up) and maximumPercent ${maximumPercent} (rounded down) a rolling deployment can move nothing at ${list(counts)} tasks. Lower the first or raise the second`,
  );
};

const list = (counts: readonly number[]): string =>
  counts.length > 5 ? `${counts.slice(0, 5).join(', ')}, …` : counts.join(', ');

/** ECS drains a target before it stops the task, so the drain is the time that requests in flight have. */
export const drainShorterThanRequests: WarningRule = ({ container, loadBalancer }, profile) => {
  const { deregistrationDelaySeconds } = loadBalancer;
  if (deregistrationDelaySeconds >= profile.timeoutSeconds) return [];
  return warn(
    'TL-WARN-DRAIN-SHORT',
    'loadBalancer.deregistrationDelaySeconds',
    `${deregistrationDelaySeconds} s ends while clients of profile ${profile.name} still wait up to ${figure(profile.timeoutSeconds)} s for an answer; then SIGTERM leaves the task ${container.stopTimeoutSeconds} s, but the balancer has closed its connections. Set it to ${figure(Math.ceil(profile.timeoutSeconds))} or more`,
  );
};

export const graceBelowInterval: WarningRule = ({ healthCheck }) => {
  const { gracePeriodSeconds, intervalSeconds } = healthCheck;
  if (gracePeriodSeconds === 0 || gracePeriodSeconds >= intervalSeconds) return [];
  return warn(
    'TL-WARN-GRACE',
    'healthCheck.gracePeriodSeconds',
    `${gracePeriodSeconds} s ends before the second probe, which comes after ${intervalSeconds} s: a slow boot is not covered. Set it above ${intervalSeconds}, or to 0 when tasks boot at once`,
  );
};

/** Instances that are protected from their launch on keep a refresh, and with it every release, until something takes the protection off. */
export const refreshWaits: WarningRule = (environment) => {
  const { protectedFromScaleIn, instanceRefresh } = capacityFacts(environment);
  if (!protectedFromScaleIn || instanceRefresh?.scaleInProtectedInstances !== 'Wait') return [];
  return warn(
    'TL-WARN-REFRESH-WAITS',
    'compute.instanceRefresh.scaleInProtectedInstances',
    'is Wait with compute.protectFromScaleIn true: a release waits an hour for the protection of every instance to be taken off, and fails. Set it to Refresh or Ignore, or let something take it off',
  );
};

/** A load runner is one address to the firewall, whatever the number of its users. */
export const firewallBlocksLoad: WarningRule = ({ waf }, profile) => {
  const rate = peakRequestsPerSecond(profile);
  if (!waf.enabled || rate === null) return [];
  const { requestsPerWindowPerAddress: limit, evaluationWindowSeconds } = waf;
  const sent = rate * evaluationWindowSeconds;
  if (sent <= limit) return [];
  return warn(
    'TL-WARN-WAF-LIMIT',
    'waf.requestsPerWindowPerAddress',
    `${figure(limit)} is below the ${figure(sent)} requests that profile ${profile.name} sends from one address in ${evaluationWindowSeconds} s: the firewall blocks the load. Raise it to ${figure(Math.ceil(sent))} or more for the run`,
  );
};

/** The header that proves where a request comes from is a secret only as long as nothing on the way reads it. */
export const plainOrigin: WarningRule = ({ cdn, loadBalancer: { certificateArn } }) => {
  if (!cdn.enabled || certificateArn !== null) return [];
  return warn(
    'TL-WARN-CDN-PLAIN-ORIGIN',
    'cdn.enabled',
    'is true with loadBalancer.certificateArn null: CloudFront reaches the balancer by plain HTTP, with cookies and the secret header in the clear. Set loadBalancer.certificateArn and domainName to a certificate and the name that your DNS leads to the balancer',
  );
};

/** The profile cannot name a certificate: the user’s is the only one that fits. */
export const productionWithoutTls: WarningRule = (environment) => {
  const { profile, cdn, loadBalancer } = environment;
  if (profile === null || cdn.enabled || httpApi(environment) !== null) return [];
  if (loadBalancer.certificateArn !== null) return [];
  return warn(
    'TL-WARN-PRODUCTION-HTTP',
    'loadBalancer.certificateArn',
    `is null with profile ${profile}: clients reach the balancer by HTTP. Name a certificate, and loadBalancer.domainName that it carries`,
  );
};

/** Days that S3 bills an object of a class for, however soon it is deleted (S3 user guide, storage classes). */
const billedDays = { STANDARD_IA: 30, GLACIER_IR: 90 } as const;

export const coldMinimum: WarningRule = ({ files }) => {
  const { store, coldAfterDays, coldStorageClass, expireAfterDays } = files;
  if (store === 'none' || expireAfterDays === null) return [];
  const days = expireAfterDays - coldAfterDays;
  const billed = billedDays[coldStorageClass];
  if (days >= billed) return [];
  return warn(
    'TL-WARN-COLD-MINIMUM',
    'files.expireAfterDays',
    `${expireAfterDays} deletes files ${days} days after they moved to ${coldStorageClass}, which is billed for ${billed}. Set it to ${coldAfterDays + billed} or more, or null`,
  );
};
