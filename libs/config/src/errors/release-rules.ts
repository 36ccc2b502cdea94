import { type ErrorRule, refuse } from './error-rule.ts';

const httpsPort = 443;

/** CodeDeploy’s target groups and AppSpec belong to a service; this project gives it Fargate services only. */
export const releaseCompute: ErrorRule = ({ release, compute }) =>
  release.kind === 'rolling' || compute.kind === 'fargate'
    ? []
    : refuse(
        'TL-CONFIG-RELEASE-COMPUTE',
        'release.kind',
        `got blue-green with compute.kind ${compute.kind}; allowed there: rolling. Set release.kind to rolling, or compute.kind to fargate`,
      );

/** The groups take turns at production: a policy on one of them watches nothing after every other release. */
export const releaseRequests: ErrorRule = ({ release, scaling }) =>
  scaling.policies.flatMap((policy) => {
    if (policy.type === 'scheduled' || policy.metric.kind !== 'requests-per-target') return [];
    const path = `scaling.policies.${policy.name}.metric.acrossTargetGroups`;
    const across = policy.metric.acrossTargetGroups;
    if (release.kind === 'blue-green' && !across)
      return refuse(
        'TL-CONFIG-RELEASE-REQUESTS',
        path,
        'got false with release.kind blue-green: the request count of one target group falls to nothing when a release moves the traffic to the other. Set it to true, which adds up both groups by metric math, or follow cpu',
      );
    if (release.kind === 'rolling' && across)
      return refuse(
        'TL-CONFIG-RELEASE-REQUESTS',
        path,
        'got true with release.kind rolling, where there is one target group to count. Set it to false, or release.kind to blue-green',
      );
    return [];
  });

export const testListenerPort: ErrorRule = ({ release, loadBalancer: { listenerPort, certificateArn } }) => {
  if (release.kind !== 'blue-green') return [];
  const taken = [listenerPort, ...(certificateArn === null ? [] : [httpsPort])];
  if (!taken.includes(release.testListenerPort)) return [];
  const free = [8080, 9000, 9001].find((port) => !taken.includes(port));
  return refuse(
    'TL-CONFIG-TEST-LISTENER-PORT',
    'release.testListenerPort',
    `got ${release.testListenerPort}, where the ${release.testListenerPort === listenerPort ? 'production listener' : 'HTTPS listener of loadBalancer.certificateArn'} stands. Choose another port, such as ${String(free)}`,
  );
};
