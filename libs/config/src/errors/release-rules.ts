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
