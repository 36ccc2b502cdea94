import { alignedCidr, taskAddresses } from '../network-plan.ts';
import { releaseFacts } from '../release/release-kinds.ts';
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

/** Every task has an address of its own, and a deployment runs old and new ones side by side. */
export const subnetRoom: ErrorRule = (environment) => {
  const { capacity, network, deployment } = environment;
  const { mostPercent, because } = releaseFacts(environment).sideBySide(deployment);
  const tasks = Math.floor((capacity.max * mostPercent) / 100);
  const addresses = taskAddresses(environment);
  if (tasks <= addresses) return [];
  return refuse(
    'TL-CONFIG-SUBNET-ROOM',
    'network.vpcCidr',
    `${network.vpcCidr} has ${addresses} addresses for tasks, and capacity.max ${capacity.max} ${because} needs ${tasks}. Use a wider range, or lower one of the two`,
  );
};

export const listenerPorts: ErrorRule = ({ cdn, loadBalancer: { certificateArn, listenerPort } }) => {
  if (certificateArn !== null && listenerPort === 443)
    return refuse(
      'TL-CONFIG-LISTENER-PORT',
      'loadBalancer.listenerPort',
      'got 443 for HTTP while certificateArn puts HTTPS there. Set listenerPort to 80, or certificateArn to null',
    );
  if (!cdn.enabled || isPortOfOrigin(listenerPort)) return [];
  return refuse(
    'TL-CONFIG-LISTENER-PORT',
    'loadBalancer.listenerPort',
    `got ${listenerPort} with cdn.enabled true: CloudFront asks an origin on 80, 443, or 1024 and above. Set listenerPort to 80, or cdn.enabled to false`,
  );
};

/** CloudFront guide, origin settings, HTTP port: it checks the port even where it asks by HTTPS alone. */
const isPortOfOrigin = (port: number): boolean => port === 80 || port === 443 || port >= 1024;

/** CloudFront answers to a name by a certificate that carries it, and asks the balancer by another name: DNS leads one name to one place. */
export const distributionName: ErrorRule = ({ cdn: { certificateArn, domainName }, loadBalancer }) => {
  if ((certificateArn === null) !== (domainName === null))
    return refuse(
      'TL-CONFIG-CDN-NAME',
      'cdn.domainName',
      domainName === null
        ? `got null with cdn.certificateArn ${String(certificateArn)}: a certificate is for a name. Set it to that name, such as shop.example.com, or certificateArn to null`
        : `got ${domainName} with cdn.certificateArn null: CloudFront takes no name without a certificate. Set it to null, or name the certificate`,
    );
  if (domainName === null || domainName !== loadBalancer.domainName) return [];
  return refuse(
    'TL-CONFIG-CDN-NAME',
    'cdn.domainName',
    `got ${domainName}, which is loadBalancer.domainName too: DNS leads a name either to CloudFront or to the balancer. Give the balancer a name such as origin.${domainName}`,
  );
};

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
