import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { description } from '../test/descriptions.ts';
import { egressPrice } from './prices/egress-price.ts';
import { alignedCidr, interfaceEndpoints, networkPlan, taskAddresses } from './network-plan.ts';
import { resolveEnvironment } from './resolve/resolve-environment.ts';

const environment = (over: Parameters<typeof description>[0] = {}) => resolveEnvironment(description(over));

const range = (cidr: string): readonly [number, number] => {
  const [address = '', length = ''] = cidr.split('/');
  const first = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return [first, first + 2 ** (32 - Number(length))];
};

describe('networkPlan', () => {
  test('cuts 10.0.0.0/16 into public subnets below and private ones above', () => {
    expect(networkPlan(environment())).toEqual([
      { letter: 'a', zone: 'us-east-1a', publicCidr: '10.0.0.0/20', privateCidr: '10.0.128.0/20' },
      { letter: 'b', zone: 'us-east-1b', publicCidr: '10.0.16.0/20', privateCidr: '10.0.144.0/20' },
    ]);
  });

  test('gives every zone subnets inside the VPC that overlap no other', () => {
    const zones = fc.subarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 2 });
    const vpc = fc
      .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 16, max: 23 }))
      .map(([first, second, third, length]) => alignedCidr(`${first}.${second}.${third}.0/${length}`));
    fc.assert(
      fc.property(vpc, zones, (vpcCidr, availabilityZones) => {
        const plan = networkPlan(environment({ network: { vpcCidr }, availabilityZones }));
        const [low, high] = range(vpcCidr);
        const ranges = plan
          .flatMap(({ publicCidr, privateCidr }) => [publicCidr, privateCidr])
          .map(range)
          .sort(([left], [right]) => left - right);
        expect(ranges).toHaveLength(availabilityZones.length * 2);
        let end = low;
        for (const [first, last] of ranges) {
          expect(first).toBeGreaterThanOrEqual(end);
          end = last;
        }
        expect(end).toBeLessThanOrEqual(high);
      }),
    );
  });
});

describe('interfaceEndpoints', () => {
  test('are those that a task needs to start and to log', () => {
    expect(interfaceEndpoints(environment())).toEqual(['ecr.api', 'ecr.dkr', 'logs']);
  });

  test('grow with what tasks are given to do', () => {
    const collectorImage = '123456789012.dkr.ecr.us-east-1.amazonaws.com/collector:1';
    const working = environment({
      container: { stressRoutes: true },
      observability: { tracing: { enabled: true, collectorImage } },
    });
    expect(interfaceEndpoints(working)).toEqual(['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'xray']);
  });

  test('reach ECS where tasks protect themselves from scale-in', () => {
    const guarded = environment({ container: { scaleInProtection: { enabled: true } } });
    expect(interfaceEndpoints(guarded)).toEqual(['ecr.api', 'ecr.dkr', 'logs', 'ecs']);
  });

  test('of instances add configuration, Session Manager and the secrets of sessions', () => {
    const instances = environment({
      compute: { kind: 'ec2-asg', instanceType: 't3.micro' },
      sessions: { store: 'redis' },
    });
    expect(interfaceEndpoints(instances)).toEqual([
      'ecr.api',
      'ecr.dkr',
      'logs',
      'ssm',
      'ssmmessages',
      'secretsmanager',
    ]);
    expect(egressPrice(instances).monthlyUsd).toBe(87.6);
  });

  test('of a warm pool add the one by which instances say that they have started', () => {
    const compute = { kind: 'ec2-asg', warmPool: {} } as const;
    expect(interfaceEndpoints(environment({ compute }))).toContain('autoscaling');
  });

  test('are none where instances have public addresses, whatever they ask AWS for', () => {
    const hosts = environment({
      compute: { kind: 'ecs-ec2' },
      sessions: { store: 'redis' },
    });
    expect(interfaceEndpoints(hosts)).toEqual([]);
    expect(egressPrice(hosts)).toMatchObject({
      monthlyUsd: 0,
      explanation: 'no interface endpoints: instances reach AWS from public addresses',
    });
  });

  test('give way to a NAT gateway', () => {
    expect(interfaceEndpoints(environment({ network: { egress: 'nat' } }))).toEqual([]);
  });
});

test('taskAddresses leaves out what AWS and the endpoints take', () => {
  // Two /27 subnets: 32 addresses each, less 5 of AWS and 3 of endpoints.
  expect(taskAddresses(environment({ network: { vpcCidr: '10.0.0.0/23' } }))).toBe(48);
});

describe('egressPrice', () => {
  test('is three endpoints in two zones by default', () => {
    expect(egressPrice(environment())).toMatchObject({ monthlyUsd: 43.8, perGigabyteUsd: 0.01 });
  });

  test('is a gateway and its address per zone with nat', () => {
    const price = egressPrice(environment({ network: { egress: 'nat' } }));
    expect(price.monthlyUsd).toBe(73);
    expect(price.explanation).toContain('2 NAT gateways');
  });
});
