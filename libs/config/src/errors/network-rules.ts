import type { Environment } from '../environment.ts';
import { alignedCidr, taskAddresses } from '../network-plan.ts';
import { type ErrorRule, refuse } from './error-rule.ts';

export const vpcRange: ErrorRule = ({ network: { vpcCidr } }) => {
  const aligned = alignedCidr(vpcCidr);
  if (aligned === vpcCidr) return [];
  return refuse(
    'TL-CONFIG-VPC-RANGE',
    'network.vpcCidr',
    `got ${vpcCidr}, which begins inside its own block; AWS takes ${aligned}. Write that, or another range`,
  );
};

/** A blue/green release runs two whole sets, whatever the bounds of rolling deployments are. */
const sideBySide = ({ deployment: { maximumPercent }, release }: Environment) =>
  release.kind === 'blue-green'
    ? { most: 200, because: 'in two sets of release.kind blue-green' }
    : { most: maximumPercent, because: `at maximumPercent ${maximumPercent}` };

/** Every task has an address of its own, and a deployment runs old and new ones side by side. */
export const subnetRoom: ErrorRule = (environment) => {
  const { capacity, network } = environment;
  const { most, because } = sideBySide(environment);
  const tasks = Math.floor((capacity.max * most) / 100);
  const addresses = taskAddresses(environment);
  if (tasks <= addresses) return [];
  return refuse(
    'TL-CONFIG-SUBNET-ROOM',
    'network.vpcCidr',
    `${network.vpcCidr} has ${addresses} addresses for tasks, and capacity.max ${capacity.max} ${because} needs ${tasks}. Use a wider range, or lower one of the two`,
  );
};

export const listenerPorts: ErrorRule = ({ loadBalancer: { certificateArn, listenerPort } }) =>
  certificateArn === null || listenerPort !== 443
    ? []
    : refuse(
        'TL-CONFIG-LISTENER-PORT',
        'loadBalancer.listenerPort',
        'got 443 for HTTP while certificateArn puts HTTPS there. Set listenerPort to 80, or certificateArn to null',
      );

/** Clients check a certificate against the name they asked for, and no certificate carries the one that AWS gives a balancer. */
export const certificateName: ErrorRule = ({ loadBalancer: { certificateArn, domainName } }) => {
  if ((certificateArn === null) === (domainName === null)) return [];
  return refuse(
    'TL-CONFIG-DOMAIN-NAME',
    'loadBalancer.domainName',
    domainName === null
      ? `got null with loadBalancer.certificateArn ${String(certificateArn)}: HTTPS works by a name that the certificate carries alone. Set it to that name, such as shop.example.com, or certificateArn to null`
      : `got ${domainName} with loadBalancer.certificateArn null: without a certificate clients use the name that AWS gives the balancer. Set it to null, or name the certificate`,
  );
};

/** A public registry cannot be reached by endpoints. No other kind of compute runs a collector at AWS. */
export const collectorReachable: ErrorRule = ({ compute, network, observability: { tracing } }) => {
  if (!tracing.enabled || compute.kind !== 'fargate' || network.egress === 'nat') return [];
  if (/^\d{12}\.dkr\.ecr\./.test(tracing.collectorImage)) return [];
  return refuse(
    'TL-CONFIG-COLLECTOR-IMAGE',
    'observability.tracing.collectorImage',
    `got ${tracing.collectorImage} with egress ${network.egress}: tasks of Fargate reach no registry but the account’s own. Copy the image into an ECR repository and name it here, or set network.egress to nat`,
  );
};
