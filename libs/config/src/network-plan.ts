import type { Environment } from './environment.ts';
import { availabilityZoneNames } from './naming.ts';

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
 * Whether instances and the load runner stand in public subnets, with public addresses as their way to AWS: tasks behind an
 * instance’s bridge have no address of their own that could be private. Security groups keep the world out all the same.
 */
export const hasPublicAddresses = ({ compute }: Pick<Environment, 'compute'>): boolean =>
  compute.kind === 'ecs-ec2';

/** What the load runner asks while it observes. */
const observedServices = ['ecs', 'elasticloadbalancing', 'application-autoscaling', 'monitoring'] as const;

/**
 * AWS services that tasks and instances reach by an interface endpoint, by the last part of the service’s name. Empty with
 * a NAT gateway or public addresses. Instances read their configuration from `ssm` and are looked into by Session Manager (`ssmmessages`; agents
 * since 3.3.40 do without `ec2messages`). Packages of Amazon Linux 2023 come from S3, by its gateway endpoint.
 */
export function interfaceEndpoints(environment: Environment): readonly string[] {
  const { network, compute, container, sessions, observability, loadRunner } = environment;
  if (network.egress === 'nat' || hasPublicAddresses(environment)) return [];
  const readsSecrets = container.stressRoutes || sessions.store === 'redis';
  return [
    'ecr.api',
    'ecr.dkr',
    'logs',
    ...(compute.kind === 'ec2-asg' ? ['ssm', 'ssmmessages'] : []),
    ...(readsSecrets ? ['secretsmanager'] : []),
    ...(observability.tracing.enabled ? ['xray'] : []),
    ...(loadRunner.observe ? observedServices : []),
  ];
}

/** Tasks that the private subnets have addresses for, with one address per zone for each interface endpoint and the NAT gateway elsewhere. */
export function taskAddresses(environment: Environment): number {
  const { prefixLength } = parseCidr(environment.network.vpcCidr);
  const perSubnet =
    2 ** (32 - prefixLength - subnetBits) - reservedAddresses - interfaceEndpoints(environment).length;
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
