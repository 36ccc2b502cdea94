import { describe, expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { EnvironmentInput } from '../environment.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';

const refusals = (project: string, over: Partial<EnvironmentInput> = {}): readonly string[] => {
  try {
    resolveEnvironment(description({ project, ...over }));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ code, message }) => `${code} ${message}`);
  }
};

const instances: Partial<EnvironmentInput> = { compute: { kind: 'ec2-asg' } };
const tasksOnInstances: Partial<EnvironmentInput> = { compute: { kind: 'ecs-ec2' } };
const kept: Partial<EnvironmentInput> = { sessions: { store: 'redis' } };

/** Project, what it needs beside to be refused, and the page of AWS that says so. */
const reserved: readonly (readonly [string, Partial<EnvironmentInput>, string])[] = [
  ['internal', {}, 'ELB API reference, CreateLoadBalancer, Name'],
  ['sg-shop', {}, 'EC2 API reference, CreateSecurityGroup, GroupName'],
  ['sg', {}, 'EC2 API reference, CreateSecurityGroup, GroupName'],
  ['xn--demo', {}, 'S3 user guide, general purpose bucket naming rules'],
  ['sthree-x', {}, 'S3 user guide, general purpose bucket naming rules'],
  ['sthree', {}, 'S3 user guide, general purpose bucket naming rules'],
  ['amzn-s3-demo-shop', {}, 'S3 user guide, general purpose bucket naming rules'],
  ['amzn-s3-demo', {}, 'S3 user guide, general purpose bucket naming rules'],
  ['aws', instances, 'Systems Manager API reference, PutParameter, Name'],
  ['awsome', instances, 'Systems Manager API reference, PutParameter, Name'],
  ['ssm', instances, 'Systems Manager API reference, PutParameter, Name'],
  ['ssmith', instances, 'Systems Manager API reference, PutParameter, Name'],
  ['aws', tasksOnInstances, 'ECS API reference, CreateCapacityProvider, name'],
  ['ecs-shop', tasksOnInstances, 'ECS API reference, CreateCapacityProvider, name'],
  ['fargate', tasksOnInstances, 'ECS API reference, CreateCapacityProvider, name'],
  ['my--shop', kept, 'ElastiCache API reference, CreateReplicationGroup, ReplicationGroupId'],
];

describe('a project that makes a name which AWS reserves', () => {
  test.each(reserved)('is refused: %s with %j (%s)', (project, over) => {
    expect(refusals(project, over)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^TL-CONFIG-NAME-RESERVED project "${project}" .* must not (begin|have) .*\\. Choose another`,
        ),
      ),
    ]);
  });

  test.each<readonly [string, Partial<EnvironmentInput>]>([
    ['aws', {}],
    ['ssm', {}],
    ['ssm', tasksOnInstances],
    ['ecs-shop', instances],
    ['my--shop', {}],
    ['internals', {}],
    ['sgx', {}],
    ['shop-xn--demo', {}],
    // The account’s number ends a bucket’s name, so a suffix that AWS reserves cannot end it.
    ['shop-s3alias', {}],
    ['shop--ol-s3', {}],
    ['shop--x-s3', {}],
    ['shop--table-s3', {}],
  ])('is accepted where no such resource has the name: %s with %j', (project, over) => {
    expect(refusals(project, over)).toEqual([]);
  });
});
