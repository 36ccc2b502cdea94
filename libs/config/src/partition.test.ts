import { describe, expect, test } from '@jest/globals';
import { description } from '../test/descriptions.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { EnvironmentInput } from './environment.ts';
import {
  arnIn,
  gatewayEndpointService,
  interfaceEndpointService,
  partitionOf,
  servicePrincipal,
  tokenAudience,
} from './partition.ts';
import { resolveEnvironment } from './resolve/resolve-environment.ts';

const problems = (over: Partial<EnvironmentInput>): readonly string[] => {
  try {
    resolveEnvironment(description(over));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ code, path }) => `${code} ${path}`);
  }
};

describe('a Region’s partition', () => {
  // AWS SDKs, partitions.json: the Regions and suffixes of each partition.
  test.each([
    ['us-east-1', 'aws', 'amazonaws.com'],
    ['eu-central-2', 'aws', 'amazonaws.com'],
    ['mx-central-1', 'aws', 'amazonaws.com'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
  ])('of %s is %s, with suffix %s', (region, name, dnsSuffix) => {
    expect(partitionOf(region)).toMatchObject({ name, dnsSuffix });
    expect(arnIn(region, 's3:::bucket')).toBe(`arn:${name}:s3:::bucket`);
    // README of configure-aws-credentials: the audience in China is sts.amazonaws.com.cn.
    expect(tokenAudience(region)).toBe(`sts.${dnsSuffix}`);
    expect(problems({ region })).toEqual([]);
  });

  // aws-cdk issues 9864 and 25329: what describe-vpc-endpoint-services lists in China.
  test.each([
    ['cn-north-1', 'ecr.api', 'cn.com.amazonaws.cn-north-1.ecr.api'],
    ['cn-northwest-1', 'monitoring', 'cn.com.amazonaws.cn-northwest-1.monitoring'],
    ['cn-north-1', 'logs', 'com.amazonaws.cn-north-1.logs'],
    ['cn-north-1', 'secretsmanager', 'com.amazonaws.cn-north-1.secretsmanager'],
    ['us-gov-west-1', 'ecr.api', 'com.amazonaws.us-gov-west-1.ecr.api'],
    ['eu-west-1', 'ecr.api', 'com.amazonaws.eu-west-1.ecr.api'],
  ])('names the interface endpoints: in %s %s is %s', (region, service, name) => {
    expect(interfaceEndpointService(region, service)).toBe(name);
  });

  // eksctl issue 3081: cn.com.amazonaws.cn-northwest-1.s3 does not exist as a gateway.
  test('leaves the names of gateway endpoints alone', () => {
    expect(gatewayEndpointService('cn-north-1', 's3')).toBe('com.amazonaws.cn-north-1.s3');
  });

  test('ends the name by which EC2 takes a role, and that of no other service', () => {
    expect(servicePrincipal('cn-north-1', 'ec2')).toBe('ec2.amazonaws.com.cn');
    expect(servicePrincipal('us-gov-west-1', 'ec2')).toBe('ec2.amazonaws.com');
    expect(servicePrincipal('cn-north-1', 'ecs-tasks')).toBe('ecs-tasks.amazonaws.com');
  });
});

describe('a partition that cannot run the environment', () => {
  test.each(['us-iso-east-1', 'us-isob-east-1', 'us-isof-south-1', 'eu-isoe-west-1', 'eusc-de-east-1'])(
    'is refused: %s',
    (region) => {
      expect(problems({ region })).toEqual(['TL-CONFIG-PARTITION region']);
    },
  );

  test.each(['us-gov-west-1', 'cn-north-1'])('is refused with CloudFront in front: %s', (region) => {
    expect(problems({ region, cdn: { enabled: true } })).toEqual(['TL-CONFIG-PARTITION cdn.enabled']);
  });
});
