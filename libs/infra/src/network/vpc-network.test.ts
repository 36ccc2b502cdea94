import { describe, expect, test } from '@jest/globals';
import type { EnvironmentInput } from '@tideline/config';
import { environment as resolved, resourcesOf } from '../../test/synthesise.ts';
import { VpcNetwork } from './vpc-network.ts';

const network = (over: Partial<EnvironmentInput> = {}) =>
  resourcesOf((stack) => {
    new VpcNetwork(stack, 'network', resolved(over));
  });

describe('the network', () => {
  test('has a public and a private subnet in each zone, none of which hands out public addresses', () => {
    const subnets = network()('aws_subnet');
    expect(subnets.map(({ cidr_block, availability_zone }) => [cidr_block, availability_zone])).toEqual([
      ['10.0.128.0/20', 'us-east-1a'],
      ['10.0.144.0/20', 'us-east-1b'],
      ['10.0.0.0/20', 'us-east-1a'],
      ['10.0.16.0/20', 'us-east-1b'],
    ]);
    for (const subnet of subnets) expect(subnet.map_public_ip_on_launch).toBe(false);
  });

  test('has one default route with endpoints, the public one', () => {
    const of = network();
    expect(of('aws_route')).toMatchObject([
      {
        destination_cidr_block: '0.0.0.0/0',
        gateway_id: expect.stringContaining('aws_internet_gateway') as unknown,
        route_table_id: expect.stringContaining('public-routes') as unknown,
      },
    ]);
    expect(of('aws_nat_gateway')).toEqual([]);
  });

  test('has a NAT gateway and a private default route per zone with nat', () => {
    const of = network({ network: { egress: 'nat' }, availabilityZones: ['a', 'b', 'c'] });
    expect(of('aws_nat_gateway')).toHaveLength(3);
    expect(of('aws_eip')).toHaveLength(3);
    const privateRoutes = of('aws_route').filter(({ nat_gateway_id }) => nat_gateway_id !== undefined);
    expect(new Set(privateRoutes.map(({ route_table_id }) => route_table_id)).size).toBe(3);
  });

  test('empties the default security group', () => {
    const [group] = network()('aws_default_security_group');
    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
  });
});
