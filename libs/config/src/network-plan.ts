import { capacityFacts, computeFacts } from './compute/compute-kinds.ts';
import { secretArns } from './container/container-facts.ts';
import type { Environment } from './environment.ts';
import { httpApi } from './ingress/ingress-kinds.ts';
import { availabilityZoneNames } from './naming.ts';
import { testTraffic } from './release/test-traffic.ts';

/** The subnets of one Availability Zone. */
export interface ZonePlan {
  /** Letter of the zone. */
  readonly letter: string;
  /** Full name of the zone, such as us-east-1a. */
  readonly zone: string;
  readonly publicCidr: string;
  readonly privateCidr: string;
}

/** Addresses that AWS keeps of every subnet (VPC guide, subnet sizing). */
const reservedAddresses = 5;
/** Each subnet is a sixteenth of the VPC: six zones at most, public ones in the lower half, private ones in the upper. */
const subnetBits = 4;
const firstPrivateBlock = 8;

/** Cuts the VPC into one public and one private subnet per zone. */
export function networkPlan(environment: Environment): readonly ZonePlan[] {
  const { vpcCidr } = environment.network;
  const zones = availabilityZoneNames(environment);
  return environment.availabilityZones.map((letter, index) => ({
    letter,
    zone: zones[index] ?? letter,
    publicCidr: subnetCidr(vpcCidr, index),
    privateCidr: subnetCidr(vpcCidr, firstPrivateBlock + index),
  }));
}

/**
 * AWS services that tasks and instances reach by an interface endpoint, by the last part of the service’s name. Empty with
 * a NAT gateway or public addresses. The load runner has a public address, and needs none of its own.
 */
export function interfaceEndpoints(environment: Environment): readonly string[] {
  const { network, container, sessions, observability } = environment;
  const { hasPublicAddresses, ...kind } = computeFacts(environment);
  if (network.egress === 'nat' || hasPublicAddresses) return [];
  const readsSecrets =
    container.stressRoutes ||
    sessions.store === 'redis' ||
    secretArns(environment, 'secretsmanager').length > 0;
  return [
    'ecr.api',
    'ecr.dkr',
    'logs',
    ...kind.interfaceEndpoints,
    // The agent of a task asks ECS for it (Amazon ECS guide, task scale-in protection endpoint).
    ...(container.scaleInProtection.enabled ? ['ecs'] : []),
    // Instances tell the group that they have started.
    ...(capacityFacts(environment).warmPool === null ? [] : ['autoscaling']),
    ...(readsSecrets ? ['secretsmanager'] : []),
    ...(secretArns(environment, 'ssm').length > 0 ? ['ssm'] : []),
    ...(observability.tracing.enabled ? ['xray'] : []),
    // The function that tests a release reports to CodeDeploy, and asks EC2 for a public balancer’s private addresses.
    ...(testTraffic(environment) === null
      ? []
      : ['codedeploy', ...(httpApi(environment) === null ? ['ec2'] : [])]),
  ];
}

/** Tasks that the private subnets have addresses for, with one address per zone for each interface endpoint and the NAT gateway elsewhere. */
export function taskAddresses(environment: Environment): number {
  const { prefixLength } = parseCidr(environment.network.vpcCidr);
  const perSubnet =
    2 ** (32 - prefixLength - subnetBits) -
    reservedAddresses -
    interfaceEndpoints(environment).length -
    // Lambda’s network interface for the function that tests a release.
    (testTraffic(environment) === null ? 0 : 1);
  return perSubnet * environment.availabilityZones.length;
}

/** The range as it must be written: 10.0.0.1/16 is 10.0.0.0/16. */
export function alignedCidr(cidr: string): string {
  const { address, prefixLength } = parseCidr(cidr);
  const blockSize = 2 ** (32 - prefixLength);
  return `${dotted(address - (address % blockSize))}/${prefixLength}`;
}

function subnetCidr(vpcCidr: string, block: number): string {
  const { address, prefixLength } = parseCidr(vpcCidr);
  const subnetLength = prefixLength + subnetBits;
  return `${dotted(address + block * 2 ** (32 - subnetLength))}/${subnetLength}`;
}

function parseCidr(cidr: string): { readonly address: number; readonly prefixLength: number } {
  const [address = '', prefixLength = ''] = cidr.split('/');
  return {
    address: address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0),
    prefixLength: Number(prefixLength),
  };
}

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
