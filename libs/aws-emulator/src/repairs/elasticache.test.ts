import { describe, expect, test } from '@jest/globals';
import { answerOf, awsRequest } from '../../test/call-repair.ts';
import { elasticacheRepairs } from './elasticache.ts';

function account() {
  const repairs = elasticacheRepairs();
  return async (operation: string, parameters: Readonly<Record<string, unknown>> = {}) =>
    answerOf(repairs, awsRequest({ operation, parameters }));
}

const group = {
  ReplicationGroupId: 'sessions',
  ReplicationGroupDescription: 'Sessions & more',
  CacheNodeType: 'cache.t3.micro',
  NumCacheClusters: '2',
  AutomaticFailoverEnabled: 'true',
  TransitEncryptionEnabled: 'true',
  AuthToken: 'secret-of-the-group',
  'SecurityGroupIds.SecurityGroupId.1': 'sg-1',
  'Tags.Tag.1.Key': 'stage',
  'Tags.Tag.1.Value': 'dev',
};

describe('ElastiCache behind the gateway', () => {
  test('a group has as many members as were asked for, each found by its name', async () => {
    const call = account();
    await call('CreateReplicationGroup', group);
    const { body } = await call('DescribeReplicationGroups', { ReplicationGroupId: 'sessions' });
    expect(body).toContain(
      '<MemberClusters><ClusterId>sessions-001</ClusterId><ClusterId>sessions-002</ClusterId></MemberClusters>',
    );
    expect(body).toContain('<Description>Sessions &amp; more</Description>');
    expect(body).toContain('<AutomaticFailover>enabled</AutomaticFailover>');
    const member = await call('DescribeCacheClusters', { CacheClusterId: 'sessions-002' });
    expect(member.body).toContain('<SecurityGroupId>sg-1</SecurityGroupId>');
    expect(member.body).toContain('<AuthTokenEnabled>true</AuthTokenEnabled>');
  });

  test('no answer tells the token', async () => {
    const call = account();
    for (const operation of ['CreateReplicationGroup', 'DescribeReplicationGroups', 'DescribeCacheClusters'])
      expect((await call(operation, operation.startsWith('Create') ? group : {})).body).not.toContain(
        'secret',
      );
  });

  test('a change keeps what it does not name', async () => {
    const call = account();
    await call('CreateReplicationGroup', group);
    const { body } = await call('ModifyReplicationGroup', {
      ReplicationGroupId: 'sessions',
      CacheNodeType: 'cache.t3.small',
    });
    expect(body).toContain('<CacheNodeType>cache.t3.small</CacheNodeType>');
    expect(body).toContain('<ClusterId>sessions-002</ClusterId>');
  });

  test('what is deleted is gone', async () => {
    const call = account();
    await call('CreateReplicationGroup', group);
    await call('CreateCacheSubnetGroup', {
      CacheSubnetGroupName: 'private',
      'SubnetIds.SubnetIdentifier.1': 'subnet-1',
    });
    expect((await call('DescribeCacheSubnetGroups')).body).toContain('subnet-1');
    await call('DeleteReplicationGroup', { ReplicationGroupId: 'sessions' });
    await call('DeleteCacheSubnetGroup', { CacheSubnetGroupName: 'private' });
    expect(await call('DescribeReplicationGroups', { ReplicationGroupId: 'sessions' })).toMatchObject({
      status: 404,
      body: expect.stringContaining('ReplicationGroupNotFoundFault') as unknown,
    });
    expect((await call('DescribeCacheSubnetGroups', { CacheSubnetGroupName: 'private' })).body).toContain(
      'CacheSubnetGroupNotFoundFault',
    );
  });

  test('tags come, change and go', async () => {
    const call = account();
    await call('CreateReplicationGroup', group);
    const ResourceName = 'arn:aws:elasticache:us-east-1:123456789012:replicationgroup:sessions';
    await call('AddTagsToResource', { ResourceName, 'Tags.Tag.1.Key': 'owner', 'Tags.Tag.1.Value': 'me' });
    await call('RemoveTagsFromResource', { ResourceName, 'TagKeys.member.1': 'stage' });
    const { body } = await call('ListTagsForResource', { ResourceName });
    expect(body).toContain('<TagList><Tag><Key>owner</Key><Value>me</Value></Tag></TagList>');
  });
});
